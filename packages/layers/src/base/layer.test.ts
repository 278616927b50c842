import { add, ConfigError, isJogakError, memory, mul, ones, type Parameter, ShapeError, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { dense } from '../core/dense.js';
import { deserializeLayer, registerLayer } from '../serialization.js';
import { type CallContext, inference } from './call-context.js';
import { input } from './input-layer.js';
import { Layer, type LayerOptions } from './layer.js';
import { clearSession } from './names.js';
import { SymbolicTensor } from './symbolic-tensor.js';

/** Two dense layers, one after the other, and a factor of its own. */
class Block extends Layer {
  static override readonly className = 'Block';
  readonly first = dense({ units: 3, name: 'first' });
  readonly rest = [dense({ units: 2, name: 'second', useBias: false })];
  private factor!: Parameter;
  private steps!: Parameter;

  override build(): void {
    this.steps = this.addWeight({ name: 'steps', shape: [], trainable: false });
    this.factor = this.addWeight({ name: 'factor', shape: [], initializer: 'ones' });
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const hidden = this.first.invoke(x, context) as Tensor;
    return add(mul((this.rest[0] as Layer).invoke(hidden, context) as Tensor, this.factor.value), this.steps.value);
  }
}

const block = (options: LayerOptions = {}): Block => {
  const layer = new Block({ name: 'block', ...options });
  tidy(() => void layer.apply(ones([1, 4])));
  return layer;
};

describe('weights', () => {
  it("have paths as Keras': the layers that hold them first", () => {
    const layer = block();
    expect(layer.weights.map(weight => weight.path)).toEqual([
      'block/factor',
      'block/steps',
      'block/first/kernel',
      'block/first/bias',
      'block/second/kernel',
    ]);
    expect(layer.sublayers().map(each => each.name)).toEqual(['first', 'second']);
    layer.dispose();
  });

  it('are trained unless they, or a layer that holds them, are frozen', () => {
    const layer = block();
    const names = (weights: Parameter[]): string[] => weights.map(weight => weight.path.replace('block/', ''));
    expect(names(layer.trainableWeights)).toEqual(['factor', 'first/kernel', 'first/bias', 'second/kernel']);
    expect(names(layer.nonTrainableWeights)).toEqual(['steps']);
    layer.first.trainable = false;
    expect(names(layer.trainableWeights)).toEqual(['factor', 'second/kernel']);
    expect(names(layer.nonTrainableWeights)).toEqual(['steps', 'first/kernel', 'first/bias']);
    layer.trainable = false;
    expect(names(layer.trainableWeights)).toEqual([]);
    layer.trainable = true;
    expect(layer.first.trainable).toBe(true);
    layer.dispose();
  });

  it('are counted once the layer is built', () => {
    expect(() => dense({ units: 2, name: 'd' }).countParams()).toThrow(
      new ConfigError('dense "d" has no weights yet: give its input shape, or call it once, before counting them'),
    );
    const layer = block();
    expect(layer.countParams()).toBe(1 + 1 + 15 + 6);
    layer.dispose();
  });

  it('are read and set as copies', () => {
    const layer = dense({ units: 1, name: 'd' });
    layer.ensureBuilt([null, 2]);
    const before = memory().numTensors;
    const kernel = tensor([1, 2], [2, 1]);
    layer.setWeights([kernel, { data: Float32Array.of(3), shape: [1], dtype: 'float32' }]);
    kernel.dispose();
    const read = layer.getWeights();
    layer.setWeights([
      { data: Float32Array.of(0, 0), shape: [2, 1], dtype: 'float32' },
      { data: Float32Array.of(0), shape: [1], dtype: 'float32' },
    ]);
    expect(read.map(weight => [...weight.dataSync()])).toEqual([[1, 2], [3]]);
    for (const weight of read) weight.dispose();
    expect(memory().numTensors).toBe(before);
    layer.dispose();
  });

  it('are set all or none', () => {
    const layer = dense({ units: 1, name: 'd', kernelInitializer: 'ones' });
    layer.ensureBuilt([null, 2]);
    const zeros = { data: Float32Array.of(0, 0), shape: [2, 1], dtype: 'float32' } as const;
    expect(() => layer.setWeights([zeros])).toThrow(new ShapeError('dense "d" has 2 weights, d/kernel [2, 1], d/bias [1]; got 1 values'));
    expect(() => layer.setWeights([zeros, zeros])).toThrow(new ShapeError('weight "d/bias" has shape [1]; got [2, 1]'));
    expect([...(layer.weights[0] as Parameter).read().data]).toEqual([1, 1]);
    layer.dispose();
  });

  it('start with given values, which must fit, every time', () => {
    const before = memory().numTensors;
    const values = { data: Float32Array.of(5, 6), shape: [2, 1], dtype: 'float32' } as const;
    const layer = dense({ units: 1, useBias: false, weights: [values] });
    layer.ensureBuilt([null, 2]);
    expect([...(layer.weights[0] as Parameter).read().data]).toEqual([5, 6]);
    layer.dispose();
    const wrong = dense({ units: 1, useBias: false, weights: [values], name: 'd' });
    for (let call = 0; call < 2; call++) {
      expect(() => wrong.ensureBuilt([null, 3])).toThrow(new ShapeError('weight "d/kernel" has shape [3, 1]; got [2, 1]'));
      expect(wrong.weights).toEqual([]);
    }
    expect(memory().numTensors).toBe(before);
  });
});

describe('calls', () => {
  it('on symbolic tensors make a node, and compute nothing', () => {
    const x = input({ shape: [4], name: 'x' });
    const layer = dense({ units: 3, name: 'd' });
    const y = layer.apply(x);
    expect(y).toBeInstanceOf(SymbolicTensor);
    expect([y.shape, y.dtype, y.rank, y.name]).toEqual([[null, 3], 'float32', 2, 'd/0:0']);
    expect(layer.apply(x).name).toBe('d/1:0');
    expect(layer.inboundNodes.map(node => [node.inputs[0], node.takesList])).toEqual([
      [x, false],
      [x, false],
    ]);
    layer.dispose();
  });

  it('are on tensors or on symbolic tensors, not on both, nor on nothing', () => {
    const layer = dense({ units: 1, name: 'd' });
    expect(() => layer.apply([])).toThrow(new ShapeError('dense "d" needs an input; got an empty list'));
    expect(() => layer.apply([[1, 2]] as never)).toThrow(
      new ShapeError('dense "d" is called on tensors, or on symbolic tensors, not on both; got [1,2]'),
    );
  });

  it('add the penalty on an output, a sample, while a loss is asked for', () => {
    tidy(() => {
      const layer = dense({ units: 1, kernelInitializer: 'ones', activityRegularizer: { className: 'L2', config: { l2: 0.5 } } });
      const penalties: number[] = [];
      layer.invoke(tensor([[1], [3]]), { ...inference, addLoss: penalty => penalties.push(penalty.dataSync()[0] as number) });
      layer.invoke(tensor([[1], [3]]), inference);
      // 0.5 · (1 + 9) over two samples.
      expect(penalties).toEqual([2.5]);
      layer.dispose();
    });
  });
});

describe('options of every layer', () => {
  it('have defaults', () => {
    clearSession();
    const layer = dense({ units: 2 });
    expect([layer.name, layer.trainable, layer.batchInputShape, layer.inputDType]).toEqual(['dense', true, null, 'float32']);
    expect(dense({ units: 2 }).name).toBe('dense_1');
  });

  it('make the shape of a batch', () => {
    expect(dense({ units: 2, inputShape: [null, 3] }).batchInputShape).toEqual([null, null, 3]);
    expect(dense({ units: 2, inputShape: [3], batchSize: 8 }).batchInputShape).toEqual([8, 3]);
    expect(dense({ units: 2, batchInputShape: [4, 3] }).getConfig()).toMatchObject({ batchInputShape: [4, 3], inputDType: 'float32' });
  });

  it.each([
    [{ trainable: 1 }, 'trainable must be true or false; got 1'],
    [{ inputShape: 784 }, 'inputShape must be a list of sizes and nulls; got 784'],
    [{ inputShape: [-1] }, 'inputShape must be a list of sizes and nulls, each an integer, 0 or more; got [-1]'],
    [{ batchSize: 0 }, 'batchSize must be a positive integer; got 0'],
    [{ name: '' }, 'name must be a string without "/", not empty; got ""'],
    [{ name: 3 }, 'name must be a string without "/", not empty; got 3'],
  ])('are checked: %j', (options, message) => {
    const where = 'name' in options && options.name ? `dense "${options.name}"` : 'dense';
    expect(() => dense({ units: 2, ...options } as never)).toThrow(new ConfigError(`${where}: ${message}`));
  });

  it('have no mixed precision yet', () => {
    expect(dense({ units: 1, dtype: { compute: 'float32', variable: 'float32' } }).getConfig()).toMatchObject({ dtype: 'float32' });
    try {
      dense({ units: 1, dtype: { compute: 'float16', variable: 'float32' } as never });
      expect.unreachable();
    } catch (error) {
      expect(isJogakError(error, 'unsupported')).toBe(true);
    }
  });
});

describe('a layer of one’s own', () => {
  it('is known to files once it is registered, or for one call', () => {
    const saved = { className: 'Block', config: { name: 'b' } };
    expect(() => deserializeLayer(saved)).toThrow(/there is no layer class "Block".*\. A class of your own is made known by registerLayer/);
    expect(deserializeLayer(saved, { Block })).toBeInstanceOf(Block);
    expect(() => deserializeLayer(saved)).toThrow(ConfigError);
    registerLayer(Block);
    expect(deserializeLayer(saved)).toBeInstanceOf(Block);
  });
});

describe('apply', () => {
  it.each<[string, object, string]>([
    ['what there is not', { trainin: true }, 'dense "d" is called with "trainin"; did you mean "training"?'],
    [
      'a mask on symbolic tensors, which a graph would forget',
      { mask: ones([1, 2]) },
      'dense "d" cannot be told mask on symbolic tensors: masks come from layers, masking or embedding with maskZero',
    ],
    ['a step on symbolic tensors', { step: 3 }, 'dense "d" cannot be told step on symbolic tensors'],
  ])('is not told %s', (_, context, message) => {
    expect(() => dense({ units: 1, name: 'd' }).apply(input({ shape: [2] }), context)).toThrow(new ConfigError(message));
  });
});

describe('options', () => {
  it.each<[string, () => unknown, string]>([
    ['a number for options', () => dense(3 as never), 'dense: options come in an object, { name: value }; got 3'],
    [
      'an option of input that there is not',
      () => input({ shape: [2], dtyp: 'int32' } as never),
      'input: there is no option "dtyp"; did you mean "dtype"?',
    ],
    ['a size for the shape of input', () => input({ shape: 3 as never }), 'input: a shape is a list of sizes and nulls; got 3'],
  ])('are not %s', (_, make, message) => {
    expect(make).toThrow(new ConfigError(message));
  });
});
