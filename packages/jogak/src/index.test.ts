import { readFileSync } from 'node:fs';
import * as tfjsCore from '@tensorflow/tfjs-core';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import * as tf from './index.js';

const tensor = (values: number[][]): tf.Tensor => tf.tensor2d(values);
const values = (x: tf.Tensor): number[] => [...x.dataSync()];

/** What `@tensorflow/tfjs` has and this package does not, each for the README's reason. */
const absent = {
  optimizers: ['adadelta', 'adamax'],
  layers: ['CallbackList', 'InputSpec', 'LayerVariable', 'models', 'registerCallbackConstructor', 'version_layers'],
};

const namesOf = (space: object): string[] => Object.keys(space).filter(name => name !== 'default');
const missing = (theirs: object, ours: object): string[] => namesOf(theirs).filter(name => !(name in ours));

describe('the names of TensorFlow.js', () => {
  it('are all of tfjs-core', () => {
    expect(missing(tfjsCore, tf)).toEqual([]);
    expect(missing(tfjsCore.train, tf.train)).toEqual(absent.optimizers);
    expect(missing(tfjsCore.losses, tf.losses)).toEqual([]);
  });

  it('are those of tfjs-layers, but for what the README names', () => {
    expect(missing(tfjsLayers, tf).sort()).toEqual(absent.layers);
    expect(missing(tfjsLayers.callbacks, tf.callbacks)).toEqual([]);
    expect(missing(tfjsLayers.constraints, tf.constraints)).toEqual([]);
    expect(missing(tfjsLayers.initializers, tf.initializers)).toEqual([]);
    expect(missing(tfjsLayers.metrics, tf.metrics)).toEqual([]);
    expect(missing(tfjsLayers.regularizers, tf.regularizers)).toEqual([]);
  });

  it('say the version that the package has', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(tf.version).toEqual({ jogak: version, 'tfjs-core': '4.22.0' });
  });
});

describe('train', () => {
  it.each([
    ['sgd(0.5)', tf.train.sgd(0.5), { learningRate: 0.5, momentum: 0, nesterov: false }],
    ['momentum(0.5, 0.8, true)', tf.train.momentum(0.5, 0.8, true), { learningRate: 0.5, momentum: 0.8, nesterov: true }],
    ['adam()', tf.train.adam(), { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
    ['adam(0.1, 0.8, 0.9, null)', tf.train.adam(0.1, 0.8, 0.9, null), { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-7 }],
    ['adamw(0.1, 0.02)', tf.train.adamw(0.1, 0.02), { learningRate: 0.1, weightDecay: 0.02 }],
    ['adagrad(0.1, 0.2)', tf.train.adagrad(0.1, 0.2), { learningRate: 0.1, initialAccumulatorValue: 0.2 }],
    [
      'rmsprop(0.1, 0.8, 0.7, 1e-5, true)',
      tf.train.rmsprop(0.1, 0.8, 0.7, 1e-5, true),
      { learningRate: 0.1, rho: 0.8, momentum: 0.7, epsilon: 1e-5, centered: true },
    ],
  ])('%s takes its arguments in the order of tfjs', (_, optimizer, config) => {
    expect(optimizer).toBeInstanceOf(tf.Optimizer);
    expect(optimizer.getConfig()).toMatchObject(config);
  });
});

describe('SGDOptimizer', () => {
  it("is tfjs-core's, with minimize", () => {
    const x = tf.variable(tf.scalar(4));
    new tf.SGDOptimizer(0.25).minimize(() => x.square().asScalar());
    expect(values(x)).toEqual([2]);
  });
});

describe('losses', () => {
  it('are for compile, and of tensors', () => {
    expect(tf.losses.meanSquaredError()).toBeInstanceOf(tf.losses.Loss);
    expect(values(tf.losses.meanSquaredError(tensor([[1, 2]]), tensor([[2, 4]])))).toEqual([2.5]);
    expect(values(tf.losses.absoluteDifference([1, 2], [2, 4]))).toEqual([1.5]);
    expect(tf.losses.huber({ delta: 2 })).toBeInstanceOf(tf.losses.Loss);
  });
});

describe('metrics', () => {
  const labels = tensor([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ]);
  const predictions = tensor([
    [0.7, 0.2, 0.1],
    [0.1, 0.6, 0.3],
    [0.2, 0.7, 0.1],
  ]);
  const classes = tf.tensor1d([0, 2, 1]);

  it.each([
    'binaryAccuracy',
    'binaryCrossentropy',
    'categoricalAccuracy',
    'categoricalCrossentropy',
    'cosineProximity',
    'meanAbsoluteError',
    'mape',
    'MSE',
  ] as const)('%s of tensors is that of tfjs-layers', name => {
    const ours = tf.metrics[name](labels, predictions);
    expect(ours.shape).toEqual([3]);
    // Their cross-entropies clip and divide in another order: relative to the largest value, a few roundings.
    const theirs = tfjsLayers.metrics[name](labels, predictions);
    expect(values(ours.sub(theirs).abs().max().div(theirs.abs().max()))[0]).toBeLessThan(1e-5);
  });

  it.each(['precision', 'recall', 'r2Score'] as const)('%s of tensors is that of tfjs-layers, of the whole batch', name => {
    const [yTrue, yPred] = [tf.tensor1d([1, 0, 1, 1, 0]).expandDims(-1), tf.tensor1d([1, 1, 0, 1, 0]).expandDims(-1)];
    const ours = tf.metrics[name](yTrue, yPred);
    expect(ours.shape).toEqual([]);
    expect(values(ours)[0]).toBeCloseTo(values(tfjsLayers.metrics[name](yTrue, yPred))[0] as number, 6);
  });

  it('sparse accuracy takes class numbers', () => {
    expect(values(tf.metrics.sparseCategoricalAccuracy(classes, predictions))).toEqual([1, 0, 1]);
    expect(values(tf.metrics.sparseCategoricalAccuracy(classes.expandDims(-1), predictions))).toEqual([1, 0, 1]);
  });

  it('without tensors are for compile', () => {
    expect(tf.metrics.precision({ thresholds: 0.7 })).toBeInstanceOf(tf.metrics.Metric);
    expect(tf.metrics.meanSquaredError({ name: 'error' }).name).toBe('error');
  });
});

describe('serialization.registerClass', () => {
  it('makes classes known where their kind is looked up', () => {
    class Halved extends tf.initializers.Initializer {
      static override readonly className = 'Halved';
      override apply(shape: number[]): tf.Tensor {
        return tf.fill(shape, 0.5);
      }
    }
    tf.serialization.registerClass(Halved);
    const layer = tf.layers.dense({ units: 1, kernelInitializer: 'halved', inputShape: [2] });
    const model = tf.sequential({ layers: [layer] });
    expect(values(model.predict(tensor([[1, 3]])) as tf.Tensor)).toEqual([2]);
  });

  it('says what it cannot register', () => {
    class Stranger extends Map {
      static readonly className = 'Stranger';
    }
    expect(() => tf.serialization.registerClass(Stranger)).toThrow(
      new tf.ConfigError(
        'registerClass: "Stranger" must extend Layer, Initializer, Regularizer, Constraint, Loss, Metric or Optimizer of this package',
      ),
    );
    expect(() => tf.serialization.registerClass(class {} as never)).toThrow(
      new tf.ConfigError('registerClass: the class needs a static className, by which files know it'),
    );
  });
});
