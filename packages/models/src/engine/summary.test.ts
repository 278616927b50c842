import { readFileSync } from 'node:fs';
import { type CallContext, concatenate, conv2d, dense, dropout, flatten, input, maxPooling2d } from '@jogak/layers';
import { ConfigError, type Tensor, zeros } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { model } from './functional.js';
import { Model } from './model.js';
import { sequential } from './sequential.js';
import type { SummaryOptions } from './summary.js';

const golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/summary.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

/** The table as Keras prints it on a terminal of 200 columns. */
function table(built: Model, options: SummaryOptions = {}): string {
  return built.summary({ printFn: () => {}, lineLength: 88, ...options });
}

const fashionCnn = () =>
  sequential({
    name: 'fashion_cnn',
    layers: [
      conv2d({ filters: 10, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [28, 28, 1], name: 'conv2d' }),
      maxPooling2d({ poolSize: 2, name: 'max_pooling2d' }),
      flatten({ name: 'flatten' }),
      dense({ units: 100, activation: 'relu', name: 'dense' }),
      dense({ units: 10, activation: 'softmax', name: 'dense_1' }),
    ],
  });

const unbuilt = () => sequential({ name: 'unbuilt', layers: [dense({ units: 4, name: 'body' }), dense({ units: 1, name: 'head' })] });

const twins = () => {
  const left = input({ shape: [8], name: 'left' });
  const right = input({ shape: [8], name: 'right' });
  const shared = dense({ units: 4, name: 'shared' });
  const joined = concatenate({ name: 'join' }).apply([shared.apply(left), shared.apply(right)]);
  return model({ inputs: [left, right], outputs: dense({ units: 1, name: 'head' }).apply(joined), name: 'twins' });
};

const nested = () => {
  const body = sequential({
    name: 'body',
    layers: [dense({ units: 4, inputShape: [8], name: 'first' }), dense({ units: 3, name: 'second' })],
  });
  return sequential({ name: 'nested', layers: [body, dense({ units: 1, name: 'head' })] });
};

class Own extends Model {
  static override readonly className = 'Own';
  readonly body = dense({ units: 4, name: 'body' });
  readonly head = dense({ units: 1, name: 'head' });

  override call(x: Tensor, context: CallContext): Tensor {
    return this.head.invoke(this.body.invoke(x, context) as Tensor, context) as Tensor;
  }
}

describe('summary is what Keras prints', () => {
  it('of a chain', () => expect(table(fashionCnn())).toBe(golden.fashionCnn));
  it('in a narrow table, words broken and cut', () => expect(table(fashionCnn(), { lineLength: 40 })).toBe(golden.narrow));
  it('in a wide table, with what is trained', () =>
    expect(table(fashionCnn(), { lineLength: 120, showTrainable: true })).toBe(golden.wide));
  it('of frozen layers', () => {
    const partly = sequential({
      name: 'partly_frozen',
      layers: [
        dense({ units: 4, inputShape: [8], name: 'frozen', trainable: false }),
        dropout({ rate: 0.5, name: 'dropout' }),
        dense({ units: 1, name: 'head' }),
      ],
    });
    expect(table(partly, { showTrainable: true, lineLength: 100 })).toBe(golden.frozen);
  });
  it('of a graph, with connections', () => {
    expect(table(twins(), { lineLength: 108 })).toBe(golden.branched);
    expect(table(twins(), { lineLength: 60 })).toBe(golden.branchedNarrow);
  });
  it('of a graph with a shortcut, its layers by their distance from the outputs', () => {
    const x = input({ shape: [8], name: 'x' });
    const short = dense({ units: 4, name: 'short' }).apply(x);
    const long = dense({ units: 4, name: 'long_2' }).apply(dense({ units: 4, name: 'long_1' }).apply(x));
    const joined = concatenate({ name: 'join' }).apply([short, long]);
    const outputs = [dense({ units: 1, name: 'side' }).apply(short), dense({ units: 2, name: 'head' }).apply(joined)];
    expect(table(model({ inputs: x, outputs, name: 'shortcut' }), { lineLength: 108 })).toBe(golden.shortcut);
  });
  it('of a graph that is a chain', () => {
    const x = input({ shape: [8], name: 'x' });
    const head = dense({ units: 2, name: 'head' }).apply(dense({ units: 4, name: 'body' }).apply(x));
    expect(table(model({ inputs: x, outputs: head, name: 'chain' }))).toBe(golden.chain);
  });
  it('of a model in a model, folded and unfolded', () => {
    expect(table(nested())).toBe(golden.nested);
    expect(table(nested(), { expandNested: true })).toBe(golden.nestedExpanded);
  });
  it('before and after it is built', () => {
    const later = unbuilt();
    expect(table(later)).toBe(golden.unbuilt);
    (later.predict(zeros([32, 3])) as Tensor).dispose();
    expect(table(later)).toBe(golden.builtByData);
  });
  it('of a subclass, before and after its first call', () => {
    const own = new Own({ name: 'own' });
    expect(table(own)).toBe(golden.own);
    (own.predict(zeros([32, 3])) as Tensor).dispose();
    expect(table(own)).toBe(golden.ownCalled);
  });
  it.each([
    ['adam', golden.trained],
    ['sgd', golden.trainedWithSgd],
  ])('with the weights of %s, once it has some', async (optimizer, expected) => {
    const trained = sequential({ name: 'compiled', layers: [dense({ units: 3, inputShape: [4], name: 'dense' })] });
    trained.compile({ optimizer, loss: 'meanSquaredError' });
    expect(table(trained)).toBe(golden.compiled);
    await trained.fit(zeros([2, 4]), zeros([2, 3]));
    expect(table(trained)).toBe(expected);
  });
});

describe('summary', () => {
  it('prints line by line what it gives', () => {
    const lines: string[] = [];
    expect(fashionCnn().summary({ printFn: line => lines.push(line) })).toBe(lines.join('\n'));
    expect(lines).toHaveLength(17);
  });
  it('refuses what it does not know, and what does not fit', () => {
    expect(() => fashionCnn().summary({ linelength: 40 } as never)).toThrow(
      new ConfigError('summary: there is no option "linelength"; did you mean "lineLength"?'),
    );
    expect(() => table(fashionCnn(), { lineLength: 12 })).toThrow(
      new ConfigError('summary: lineLength 12 is too small for 3 columns; give a larger one'),
    );
  });
});
