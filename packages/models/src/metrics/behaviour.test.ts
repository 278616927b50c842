import { abs, ConfigError, mean as meanOf, ShapeError, sub, type Tensor, tensor, zeros } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import * as losses from '../losses/index.js';
import * as metrics from './index.js';

const { getMetric, registerMetric } = metrics;

/** The metric of one batch. */
function over<Kind extends metrics.Metric>(metric: Kind, yTrue: Tensor, yPred: Tensor, weights: Tensor | null = null): Kind {
  metric.add(metric.sums(yTrue, yPred, weights).dataSync());
  return metric;
}

const labels = tensor([2, 0, 1, 1], [4], 'int32');
const oneHot = tensor([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0], [4, 3]);
const probabilities = tensor([0.1, 0.2, 0.7, 0.3, 0.6, 0.1, 0.2, 0.5, 0.3, 0.8, 0.1, 0.1], [4, 3]);

describe('accuracy', () => {
  it('is chosen by shapes, as Keras chooses', () => {
    expect(over(getMetric('accuracy'), labels, probabilities).result()).toBe(0.5);
    expect(over(getMetric('accuracy'), tensor([2, 0, 1, 1], [4, 1], 'int32'), probabilities).result()).toBe(0.5);
    expect(over(getMetric('accuracy'), oneHot, probabilities).result()).toBe(0.5);
    const yes = tensor([0.75, 0.25, 0.5, 0.9], [4, 1]);
    expect(over(getMetric('accuracy'), tensor([1, 1, 0, 1]), yes).result()).toBe(0.75);
    // Two outputs and two targets are two classes, to Keras: the higher counts, not each by itself.
    expect(over(getMetric('accuracy'), tensor([[1, 1]]), tensor([[0.9, 0.8]])).result()).toBe(1);
    expect(over(getMetric('binaryAccuracy'), tensor([[1, 1]]), tensor([[0.9, 0.2]])).result()).toBe(0.5);
  });

  it('counts steps that the mask leaves', () => {
    const steps = tensor([0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.5, 0.6], [2, 2, 2]);
    const yTrue = tensor([0, 0, 1, 1], [2, 2], 'int32');
    expect(over(getMetric('accuracy'), yTrue, steps).state()).toEqual([2, 4]);
    expect(over(getMetric('accuracy'), yTrue, steps, tensor([1, 0, 0, 1], [2, 2])).state()).toEqual([2, 2]);
    expect(over(getMetric('accuracy'), yTrue, steps, zeros([2, 2])).result()).toBe(0);
  });

  it('among the top k has no place for NaN', () => {
    const yPred = tensor([Number.NaN, 0.5, 0.25], [1, 3]);
    expect(over(metrics.sparseTopKCategoricalAccuracy({ k: 2 }), tensor([0], [1], 'int32'), yPred).result()).toBe(0);
  });

  it('does not fit what does not fit', () => {
    expect(() => getMetric('accuracy').sums(zeros([3]), probabilities, null)).toThrow(
      new ShapeError('accuracy: targets must have the shape of the predictions, [4, 3]; got [3]'),
    );
    expect(() => getMetric('accuracy').sums(labels, probabilities, zeros([3]))).toThrow(
      new ShapeError('sampleWeight must have the shape of the values that it weighs, [4], or of its first axes; got [3]'),
    );
  });
});

describe('getMetric', () => {
  it('names a metric as it was asked for, in the spelling of Keras', () => {
    const nameOf = (identifier: string): string => getMetric(identifier).name;
    expect(['accuracy', 'acc', 'mse', 'meanSquaredError', 'mean_squared_error'].map(nameOf)).toEqual([
      'accuracy',
      'acc',
      'mse',
      'mean_squared_error',
      'mean_squared_error',
    ]);
    expect(['auc', 'AUC', 'f1', 'r2', 'sparseTopKCategoricalAccuracy', 'klDivergence', 'confusionMatrix'].map(nameOf)).toEqual([
      'auc',
      'AUC',
      'f1',
      'r2',
      'sparse_top_k_categorical_accuracy',
      'kl_divergence',
      'confusion_matrix',
    ]);
    expect(metrics.precision({ name: 'hits' }).name).toBe('hits');
  });

  it('says what is wrong', () => {
    expect(() => getMetric('acuracy')).toThrow(new ConfigError('there is no metric "acuracy"; did you mean "accuracy"?'));
    expect(() => getMetric(3 as never)).toThrow(
      new ConfigError('a metric must be a Metric, the name of one, or a function of targets and predictions; got 3'),
    );
    expect(() => metrics.precision({ thresholds: 1.5 })).toThrow(
      new ConfigError(
        'Precision: thresholds must be a threshold from 0 to 1, or a list of them, each a number, 0 or more and 1 or less; got 1.5',
      ),
    );
    expect(() => metrics.auc({ curve: 'PRGAIN' as never })).toThrow(new ConfigError('AUC: curve must be "ROC" or "PR"; got "PRGAIN"'));
    expect(() => metrics.f1({ beta: 2 } as never)).toThrow(
      new ConfigError('F1Score: there is no option "beta"; there are: name, average, threshold'),
    );
  });

  it('knows which way each is better', () => {
    const better = {
      max: ['accuracy', 'precision', 'recall', 'f1', 'auc', 'r2', 'cosineSimilarity', 'confusionMatrix'],
      min: ['mse', 'rmse', 'bce'],
    };
    for (const [direction, names] of Object.entries(better)) {
      for (const name of names) expect(getMetric(name).direction, name).toBe(direction);
    }
    expect(getMetric('mean').direction).toBe('none');
  });
});

describe('a function as a metric', () => {
  const distance = (yTrue: Tensor, yPred: Tensor): Tensor => abs(sub(yTrue, yPred));

  it('is averaged under its own name, and cannot be written into a file until it is registered', () => {
    const metric = getMetric(distance);
    expect(metric.name).toBe('distance');
    expect(over(metric, tensor([[1], [2]]), tensor([[3], [6]]), tensor([1, 3])).result()).toBe(3.5);
    expect(() => metric.serialize()).toThrow(
      new ConfigError(
        'the metric distance is a function, which a file cannot hold: give the function to registerMetric, here and where the file is read',
      ),
    );
    registerMetric(distance);
    expect(getMetric(distance).serialize()).toEqual({ className: 'distance', config: { name: 'distance' } });
    expect(over(getMetric('distance'), tensor([[1]]), tensor([[3]])).result()).toBe(2);
    expect(() => registerMetric((_yTrue, yPred) => yPred)).toThrow(
      new ConfigError('a function without a name cannot be registered as a metric: give it one'),
    );
  });

  it('that gives one number a batch counts by the batch’s samples', () => {
    const metric = getMetric((yTrue: Tensor, yPred: Tensor) => meanOf(distance(yTrue, yPred)));
    over(metric, tensor([[1], [2], [3]]), tensor([[2], [3], [4]]));
    over(metric, tensor([[1]]), tensor([[6]]));
    expect(metric.result()).toBe(2);
  });
});

describe('class numbers', () => {
  it.each([
    metrics.precision({ classId: 1 }),
    metrics.recall({ topK: 2 }),
    metrics.f1({ average: 'macro' }),
    metrics.auc({ multiLabel: true }),
    metrics.confusionMatrix(),
  ])('serve as well as one-hot targets: $name', metric => {
    const again = getMetric(metric.serialize());
    expect(over(metric, labels, probabilities).state()).toEqual(over(again, oneHot, probabilities).state());
  });
});

describe('confusionMatrix', () => {
  it('counts, row by row, what each class was taken for', () => {
    const metric = over(metrics.confusionMatrix(), labels, probabilities);
    const taken = [
      [0, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ];
    expect(metric.matrix()).toEqual(taken);
    expect(metric.result()).toBe(0.5);
    over(metric, labels, probabilities, tensor([0, 0, 0, 2]));
    expect(metric.matrix()[1]).toEqual([3, 1, 0]);
    metric.reset();
    expect(metric.matrix()).toEqual([]);
  });

  it('has two classes where there is one output', () => {
    const metric = over(metrics.confusionMatrix({ threshold: 0.25 }), tensor([1, 0, 0]), tensor([[0.3], [0.2], [0.9]]));
    expect(metric.matrix()).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });
});

describe('f1, precision, recall, auc', () => {
  it('say what does not fit the model', () => {
    const one = [tensor([1, 0]), tensor([[0.3], [0.2]])] as const;
    expect(() => metrics.f1().sums(...one, null)).toThrow(
      new ConfigError('f1_score: a model of one output needs a threshold: f1({threshold: 0.5})'),
    );
    expect(() => metrics.precision({ topK: 4 }).sums(labels, probabilities, null)).toThrow(
      new ShapeError('precision: topK is 4, but the model has 3 outputs'),
    );
    expect(() => metrics.recall({ classId: 3 }).sums(labels, probabilities, null)).toThrow(
      new ShapeError('recall: classId is 3, but the model has 3 outputs'),
    );
    expect(() => metrics.auc({ labelWeights: [1, 2] }).sums(labels, probabilities, null)).toThrow(
      new ShapeError('auc: labelWeights has 2 weights, but the model has 3 outputs'),
    );
  });

  it('are 0, not NaN, where nothing is positive or predicted so', () => {
    for (const metric of [
      metrics.precision(),
      metrics.recall(),
      metrics.f1({ threshold: 0.5 }),
      metrics.auc(),
      metrics.auc({ curve: 'PR' }),
    ]) {
      expect(over(metric, tensor([0, 0]), tensor([[0.25], [0.125]])).result(), metric.name).toBe(0);
    }
  });

  it('count exactly over many batches', () => {
    const metric = metrics.precision();
    // Single precision would stop counting at 2^24.
    metric.add([2 ** 24, 2 ** 24]);
    over(metric, tensor([1, 0]), tensor([[0.9], [0.8]]));
    expect(metric.state()).toEqual([2 ** 24 + 1, 2 ** 24 + 2]);
  });

  it('do not add up another model’s sums', () => {
    const metric = over(metrics.f1(), labels, probabilities);
    expect(() => metric.add([1, 2, 3])).toThrow(new ShapeError('the metric f1_score adds up 9 sums; got 3: reset it before another model'));
  });
});

describe('the other metrics', () => {
  it('mean averages what it is given', () => {
    const metric = metrics.mean();
    expect(metric.result()).toBe(0);
    metric.update(2);
    metric.update(5, 2);
    expect(metric.result()).toBe(4);
  });

  it('r2 of targets that never vary is 1 when they are met, else 0', () => {
    expect(over(metrics.r2(), tensor([[2], [2]]), tensor([[2], [2]])).result()).toBe(1);
    expect(over(metrics.r2(), tensor([[2], [2]]), tensor([[2], [3]])).result()).toBe(0);
  });

  it('a loss leaves out its ignored class', () => {
    const yPred = tensor([0.5, 0.5, 0.25, 0.75], [2, 2]);
    const metric = metrics.sparseCategoricalCrossentropy({ ignoreClass: -1 });
    expect(over(metric, tensor([0, -1], [2], 'int32'), yPred).result()).toBeCloseTo(Math.LN2, 6);
    expect(over(metrics.sparseCategoricalCrossentropy(), tensor([0, 1], [2], 'int32'), yPred, tensor([3, 0])).state()[1]).toBe(3);
  });

  it('the cosine similarity has the other sign than the loss', () => {
    const [yTrue, yPred] = [tensor([[1, 0]]), tensor([[2, 0]])];
    expect(over(metrics.cosineSimilarity(), yTrue, yPred).result()).toBe(1);
    expect(losses.cosineSimilarity().call(yTrue, yPred).dataSync()[0]).toBe(-1);
  });

  it('NaN is seen', () => {
    for (const name of ['mse', 'rmse', 'r2', 'bce']) {
      expect(over(getMetric(name), tensor([[1], [0]]), tensor([[Number.NaN], [0.5]])).result(), name).toBeNaN();
    }
  });
});
