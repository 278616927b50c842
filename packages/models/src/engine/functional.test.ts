import {
  add,
  concatenate,
  dense,
  deserializeLayer,
  dropout,
  embedding,
  flatten,
  input,
  lstm,
  registerLayer,
  type SymbolicTensor,
} from '@jogak/layers';
import { ConfigError, hostArray, memory, normalValues, ones as onesTensor, randomKey, type Tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { Functional, model } from './functional.js';
import { Sequential, sequential } from './sequential.js';

const x = hostArray(normalValues(randomKey(1, 'x'), [4, 3]), [4, 3]);
const values = (outputs: Tensor | Tensor[]): number[][] =>
  (Array.isArray(outputs) ? outputs : [outputs]).map(output => [...output.dataSync()]);

/** Two inputs, a shared layer, a residual sum, a nested model, two outputs. */
function graph(): Functional {
  const a = input({ shape: [3], name: 'a' });
  const b = input({ shape: [3], name: 'b' });
  const shared = dense({ name: 'shared', units: 3, activation: 'tanh' });
  const left: SymbolicTensor = shared.apply(a);
  const right: SymbolicTensor = shared.apply(b);
  const sum = add({ name: 'sum' }).apply([left, right]);
  const inner = sequential({
    name: 'inner',
    layers: [dense({ name: 'wide', units: 5, inputShape: [3] }), dropout({ name: 'drop', rate: 0.5 })],
  });
  const both = concatenate({ name: 'both' }).apply([inner.apply(sum), a]);
  return model({
    name: 'graph',
    inputs: [a, b],
    outputs: [dense({ name: 'first', units: 2 }).apply(both), dense({ name: 'second', units: 1 }).apply(sum)],
  });
}

describe('a functional model', () => {
  it('computes what its layers compute one by one', () => {
    const network = graph();
    const [first, second] = network.predict([x, x]) as Tensor[];
    const [kernel, bias, ...others] = network.weights.map(weight => [...weight.value.dataSync()]);
    const out = others.slice(-2);
    // second = dense(2·tanh(x·kernel + bias)), by hand.
    const expected = Array.from({ length: 4 }, (_, row) => {
      const hidden = [0, 1, 2].map(
        unit =>
          2 *
          Math.tanh(
            [0, 1, 2].reduce(
              (sum, i) => sum + (x.data[3 * row + i] as number) * (kernel?.[3 * i + unit] as number),
              bias?.[unit] as number,
            ),
          ),
      );
      return hidden.reduce((sum, value, unit) => sum + value * (out[0]?.[unit] as number), out[1]?.[0] as number);
    });
    expect(first?.shape).toEqual([4, 2]);
    for (const [row, value] of expected.entries()) expect(second?.dataSync()[row]).toBeCloseTo(value, 5);
  });

  it('counts a shared layer once, and names weights after the layers that hold them', () => {
    expect(graph().weights.map(weight => weight.path)).toEqual([
      'shared/kernel',
      'shared/bias',
      'inner/wide/kernel',
      'inner/wide/bias',
      'first/kernel',
      'first/bias',
      'second/kernel',
      'second/bias',
    ]);
  });

  it('is made again from its config, and predicts the same bits with the same weights', () => {
    for (const type of [Functional, Sequential]) registerLayer(type as never);
    const network = graph();
    const config = JSON.parse(JSON.stringify(network.serialize()));
    const copy = deserializeLayer(config) as Functional;
    copy.setWeights(network.getWeights());
    expect(values(copy.predict({ b: x, a: x }))).toEqual(values(network.predict([x, x])));
    expect(copy.getConfig()).toEqual(network.getConfig());
  });

  it('trains with data by name, and its dropout drops in training alone', async () => {
    const network = graph();
    network.compile({ optimizer: 'adam', loss: { first: 'mse', second: 'mse' } });
    const y = { first: hostArray(new Float32Array(8), [4, 2]), second: hostArray(new Float32Array(4), [4, 1]) };
    const { history } = await network.fit({ a: x, b: x }, y, { epochs: 30 });
    expect((history.loss as number[]).at(-1)).toBeLessThan(history.loss?.[0] as number);
    expect(Object.keys(history)).toEqual(['loss', 'first_loss', 'second_loss']);
    expect(values(network.predict([x, x]))).toEqual(values(network.predict([x, x])));
  });

  it('drops other units in each call of a shared layer, the same ones in each run', () => {
    const a = input({ shape: [50] });
    const drop = dropout({ name: 'shared_drop', rate: 0.5 });
    const once = model({ inputs: a, outputs: drop.apply(a) });
    const twice = model({ inputs: a, outputs: [drop.apply(a), drop.apply(a)] });
    const ones = onesTensor([1, 50]);
    const dropped = (network: Functional): string[] =>
      network.forward([ones], { training: true, mask: null, step: 3 }).outputs.map(output => output.dataSync().join());
    const [first, second] = dropped(twice);
    expect(first).not.toBe(second);
    expect([first]).toEqual(dropped(once));
    expect(dropped(twice)).toEqual([first, second]);
  });

  it('is made again with a merge of one', () => {
    const a = input({ shape: [2] });
    const network = model({ inputs: a, outputs: concatenate().apply([a]) });
    const copy = Functional.fromConfig(JSON.parse(JSON.stringify(network.getConfig())));
    expect(values(copy.predict([[1, 2]]))).toEqual([[1, 2]]);
  });

  it('leaves layers that it took from another model to that one', () => {
    const base = sequential({ layers: [dense({ name: 'base', units: 2, inputShape: [3] })] });
    const head = sequential({ layers: [base.getLayer('base'), dense({ name: 'head', units: 1 })] });
    head.dispose();
    expect((base.predict(x) as Tensor).shape).toEqual([4, 2]);
    base.dispose();
    expect(() => base.predict(x)).toThrow(
      new ConfigError('the weight "base/kernel" was disposed of, with the layer or model that it belongs to'),
    );
  });

  it('carries a mask through a model within it', () => {
    const ids = hostArray(Int32Array.of(3, 4, 0, 0), [1, 4]);
    const words = embedding({ inputDim: 5, outputDim: 2, maskZero: true, batchInputShape: [null, 4] });
    const inner = sequential({ layers: [words] });
    const cells = lstm({ units: 3 });
    const symbol = input({ shape: [4] });
    const network = model({ inputs: symbol, outputs: cells.apply(inner.apply(symbol)) });
    const short = hostArray(Int32Array.of(3, 4), [1, 2]);
    const open = input({ shape: [null] });
    const same = model({ inputs: open, outputs: cells.apply(words.apply(open)) });
    const padded = values(network.predict(ids))[0] as number[];
    for (const [index, value] of (values(same.predict(short))[0] as number[]).entries()) expect(padded[index]).toBeCloseTo(value, 6);
  });

  it('leaves no tensor behind', () => {
    const network = graph();
    const before = memory().numTensors;
    for (const output of network.predict([x, x]) as Tensor[]) output.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('says what is wrong with a graph', () => {
    const a = input({ shape: [2], name: 'a' });
    const b = input({ shape: [2], name: 'b' });
    const sum = add({ name: 'sum' }).apply([a, b]);
    expect(() => model({ name: 'm', inputs: a, outputs: sum })).toThrow(
      new ConfigError('model "m": an output depends on the input "b", which is not among inputs'),
    );
    const twice = dense({ name: 'twin', units: 1 }).apply(dense({ name: 'twin', units: 1 }).apply(a));
    expect(() => model({ name: 'm', inputs: a, outputs: twice })).toThrow(
      new ConfigError('model "m": two layers are named "twin": names must be unique'),
    );
  });
});

describe('a sequential model', () => {
  it('is built by its first batch where it was told no shape', () => {
    const network = sequential({ layers: [flatten(), dense({ units: 2 })] });
    expect(() => network.countParams()).toThrow(ConfigError);
    expect((network.predict(hostArray(new Float32Array(12), [2, 2, 3])) as Tensor).shape).toEqual([2, 2]);
    expect(network.countParams()).toBe(14);
  });

  it('says what is wrong with a layer', () => {
    const network = sequential({ name: 's', layers: [dense({ name: 'a', units: 2, inputShape: [3] })] });
    expect(() => network.add(dense({ name: 'a', units: 2 }))).toThrow(
      new ConfigError('sequential "s" has a layer named "a" already: names must be unique, and a layer can stand in it once'),
    );
    expect(() => sequential({ layer: [] } as never)).toThrow(
      new ConfigError('sequential: there is no option "layer"; did you mean "layers"?'),
    );
    expect(() => sequential([] as never)).toThrow(
      new ConfigError('sequential takes an options object: sequential({ layers: […] }); got a list'),
    );
    expect(() => sequential({ name: 'l', layers: flatten() } as never)).toThrow(
      new ConfigError('sequential "l": layers must be a list of layers'),
    );
    expect(() => network.add({} as never)).toThrow(new ConfigError('sequential "s": a layer has to be added; got object'));
    expect(() => sequential({ name: 'e' }).predict([[1]])).toThrow(new ConfigError('sequential "e" has no layers: add some'));
  });
});
