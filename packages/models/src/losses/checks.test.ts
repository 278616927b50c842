import { ConfigError, DataError, grad, mean, memory, pow, ShapeError, square, sub, sum, type Tensor, tensor, zeros } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
  FittedLoss,
  getLoss,
  hinge,
  huber,
  klDivergence,
  logCosh,
  lossSum,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  registerLoss,
  sparseCategoricalCrossentropy,
  squaredHinge,
  weightedSum,
} from './index.js';

const factories = {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  huber,
  logCosh,
  cosineSimilarity,
  klDivergence,
  poisson,
  hinge,
  squaredHinge,
  categoricalHinge,
};
const names = Object.keys(factories) as (keyof typeof factories)[];

const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** Targets that every loss takes, and predictions. */
const targetsFor = (name: string): Tensor =>
  name.startsWith('sparse')
    ? tensor([1, 0], [2], 'int32')
    : tensor([
        [0, 1],
        [1, 0],
      ]);

describe('getLoss', () => {
  it.each(names)('knows %s by its factory, class and snake_case name, and makes it again from its config', name => {
    const made = factories[name]();
    const className = made.getClassName();
    for (const identifier of [name, className, snake(name), made.serialize(), JSON.parse(JSON.stringify(made.serialize()))]) {
      expect(getLoss(identifier).serialize()).toEqual(made.serialize());
      expect(getLoss(identifier)).toBeInstanceOf(made.constructor);
    }
    expect(getLoss(made)).toBe(made);
  });

  it('keeps options in a config', () => {
    const made = [
      binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.1 }),
      sparseCategoricalCrossentropy({ ignoreClass: -1 }),
      huber({ delta: 2 }),
    ];
    for (const loss of made) expect(getLoss(loss.serialize()).config).toEqual(loss.config);
    expect(made[1]?.serialize()).toEqual({ className: 'SparseCategoricalCrossentropy', config: { fromLogits: false, ignoreClass: -1 } });
  });

  it.each([
    ['mse', 'MeanSquaredError'],
    ['MSE', 'MeanSquaredError'],
    ['mae', 'MeanAbsoluteError'],
    ['mape', 'MeanAbsolutePercentageError'],
    ['msle', 'MeanSquaredLogarithmicError'],
    ['kld', 'KLDivergence'],
    ['kullback_leibler_divergence', 'KLDivergence'],
    ['bce', 'BinaryCrossentropy'],
    ['logcosh', 'LogCosh'],
    ['cosineProximity', 'CosineSimilarity'],
  ])('takes %s for %s', (alias, className) => expect(getLoss(alias).getClassName()).toBe(className));

  it('says what is wrong with a name or a value', () => {
    expect(() => getLoss('meanSquareError')).toThrow(
      new ConfigError('there is no loss "meanSquareError"; did you mean "meanSquaredError"?'),
    );
    expect(() => getLoss(3 as never)).toThrow(
      new ConfigError('a loss must be a Loss, the name of one, or a function of targets and predictions; got 3'),
    );
    expect(() => getLoss(FittedLoss as never)).toThrow(
      new ConfigError('a loss must be a Loss, the name of one, or a function of targets and predictions; got the function FittedLoss'),
    );
    expect(() => huber({ delta: 0 })).toThrow(new ConfigError('Huber: delta must be a number, more than 0; got 0'));
    expect(() => binaryCrossentropy({ reduction: 'sum' } as never)).toThrow(
      new ConfigError('BinaryCrossentropy: there is no option "reduction"; there are: fromLogits, labelSmoothing'),
    );
    expect(() => binaryCrossentropy({ labelSmoothing: 1.5 })).toThrow(
      new ConfigError('BinaryCrossentropy: labelSmoothing must be a number, 0 or more and 1 or less; got 1.5'),
    );
  });
});

describe('a function as a loss', () => {
  const squares = (yTrue: Tensor, yPred: Tensor): Tensor => square(sub(yTrue, yPred));

  it('is called, and cannot be written into a file until it is registered', () => {
    const loss = getLoss(squares);
    expect([...loss.call(tensor([[1], [2]]), tensor([[3], [5]])).dataSync()]).toEqual([4, 9]);
    expect(() => loss.serialize()).toThrow(
      new ConfigError(
        'the loss squares is a function, which a file cannot hold: give the function to registerLoss, here and where the file is read',
      ),
    );
    registerLoss(squares);
    expect(getLoss(squares).serialize()).toEqual({ className: 'squares', config: {} });
    expect([
      ...getLoss('squares')
        .call(tensor([[1]]), tensor([[4]]))
        .dataSync(),
    ]).toEqual([9]);
    expect(() => registerLoss((_yTrue, yPred) => yPred)).toThrow(
      new ConfigError('a function without a name cannot be registered as a loss: give it one'),
    );
  });

  it('may give one number for all samples, which then stands for each', () => {
    const loss = getLoss((yTrue, yPred) => mean(squares(yTrue, yPred)));
    expect([...loss.call(tensor([[1], [2]]), tensor([[3], [5]])).dataSync()]).toEqual([6.5, 6.5]);
  });

  it('must give a value for each sample', () => {
    expect(() => getLoss(() => zeros([3])).call(zeros([2, 1]), zeros([2, 1]))).toThrow(
      new ShapeError('the loss (anonymous) must give a value for each of the 2 samples, [2, …], or a scalar; got [3]'),
    );
  });

  it('may be a class of one’s own', () => {
    class Cubes extends FittedLoss {
      static override readonly className = 'Cubes';
      protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
        return mean(pow(sub(yPred, yTrue), 3), -1);
      }
    }
    registerLoss(Cubes);
    expect(getLoss('cubes')).toBeInstanceOf(Cubes);
  });
});

describe('shapes', () => {
  it('are never broadcast', () => {
    expect(() => meanSquaredError().call(zeros([4, 1]), zeros([4, 3]))).toThrow(
      new ShapeError(
        'MeanSquaredError: targets must have the shape of the predictions, [4, 3]; got [4, 1]. Class numbers need a sparse loss or metric',
      ),
    );
    expect(() => meanSquaredError().call(zeros([2, 3]), zeros([4, 3]))).toThrow(
      new ShapeError('MeanSquaredError: targets must have the shape of the predictions, [4, 3]; got [2, 3]'),
    );
    expect(() => sparseCategoricalCrossentropy().call(zeros([4, 3]), zeros([4, 3]))).toThrow(
      new ShapeError(
        'SparseCategoricalCrossentropy: targets must be class numbers of shape [4], for predictions [4, 3]; got [4, 3]. For a probability for each class, use the loss or metric without "sparse"',
      ),
    );
    expect(() => meanSquaredError().call(zeros([]), zeros([]))).toThrow(
      new ShapeError('MeanSquaredError: predictions must have a batch axis, [batch, …, outputs]; got a scalar'),
    );
  });

  it('with a single class are no classification', () => {
    const text = (name: string) =>
      `${name} needs two classes or more along the last axis; got predictions [4, 1]. For one output, a yes or no, use binaryCrossentropy`;
    expect(() => categoricalCrossentropy().call(zeros([4, 1]), zeros([4, 1]))).toThrow(new ShapeError(text('CategoricalCrossentropy')));
    expect(() => sparseCategoricalCrossentropy().call(zeros([4]), zeros([4, 1]))).toThrow(
      new ShapeError(text('SparseCategoricalCrossentropy')),
    );
  });

  it('of weights and masks must be the first axes of the values', () => {
    expect(() => weightedSum(zeros([2, 3]), zeros([3]), null)).toThrow(
      new ShapeError('sampleWeight must have the shape of the values that it weighs, [2, 3], or of its first axes; got [3]'),
    );
    expect(() => weightedSum(zeros([2]), null, zeros([2, 3]))).toThrow(
      new ShapeError('mask must have the shape of the values that it weighs, [2], or of its first axes; got [2, 3]'),
    );
  });
});

describe('checkTargets', () => {
  const row = [0, 1, 0, 1, 1, 0];

  it('finds class numbers that there are not', () => {
    const loss = sparseCategoricalCrossentropy();
    loss.checkTargets([0, 9, 3], 10, 3);
    loss.checkTargets(BigInt64Array.of(0n, 9n), 10, 2);
    expect(() => loss.checkTargets([0, 1, 2, 12], 10, 4)).toThrow(
      new DataError('label 12 in row 3 is out of range: the model has 10 classes, numbered 0 to 9'),
    );
    expect(() => loss.checkTargets([0, 1, 2, -1], 10, 2)).toThrow(
      new DataError('label -1 in row 1 is out of range: the model has 10 classes, numbered 0 to 9'),
    );
    expect(() => loss.checkTargets([0.5], 10, 1)).toThrow(
      new DataError('label 0.5 in row 0 is not a whole number: labels are class numbers'),
    );
    expect(() => loss.checkTargets([Number.NaN], 10, 1)).toThrow(
      new DataError('label NaN in row 0 is not a whole number: labels are class numbers'),
    );
    sparseCategoricalCrossentropy({ ignoreClass: -1 }).checkTargets([0, -1], 10, 2);
  });

  it('finds what is no probability, no count, no number', () => {
    binaryCrossentropy().checkTargets(row, 2, 3);
    expect(() => binaryCrossentropy().checkTargets([0, 1, 0, 2], 2, 2)).toThrow(
      new DataError('target 2 in row 1 must be a probability, from 0 to 1'),
    );
    expect(() => categoricalCrossentropy().checkTargets([0, -0.5], 2, 1)).toThrow(new DataError('target -0.5 in row 0 must be 0 or more'));
    expect(() => klDivergence().checkTargets([0, 1.5], 2, 1)).toThrow(
      new DataError('target 1.5 in row 0 must be a probability, from 0 to 1'),
    );
    expect(() => poisson().checkTargets([-1], 1, 1)).toThrow(new DataError('target -1 in row 0 must be 0 or more'));
    expect(() => meanSquaredLogarithmicError().checkTargets([-1], 1, 1)).toThrow(new DataError('target -1 in row 0 must be 0 or more'));
    for (const name of names) {
      if (name === 'sparseCategoricalCrossentropy') continue;
      expect(() => factories[name]().checkTargets([0, Number.NaN], 1, 2), name).toThrow(
        new DataError('target NaN in row 1 is not a finite number'),
      );
      expect(() => factories[name]().checkTargets([Number.POSITIVE_INFINITY], 1, 1), name).toThrow(
        new DataError('target Infinity in row 0 is not a finite number'),
      );
    }
  });
});

describe('numbers', () => {
  it.each(names)('%s lets NaN be seen', name => {
    const values = factories[name]()
      .call(
        targetsFor(name),
        tensor([
          [Number.NaN, 0.5],
          [0.5, 0.25],
        ]),
      )
      .dataSync();
    expect(values[0]).toBeNaN();
    expect(values[1]).not.toBeNaN();
  });

  it.each(names.filter(name => /rossentropy/.test(name)))('%s is finite, its gradient too, at logits of ±1000', name => {
    const loss = getLoss({ className: name, config: { fromLogits: true } });
    const logits = tensor([
      [1000, -1000],
      [-1000, 1000],
    ]);
    expect([...loss.call(targetsFor(name), logits).dataSync()].every(Number.isFinite)).toBe(true);
    const gradient = grad(x => sum(loss.call(targetsFor(name), x)))(logits);
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('of a batch of nothing sum to 0 and count 0', () => {
    const { sum: total, count } = lossSum(meanSquaredError(), zeros([0, 3]), zeros([0, 3]), null, null);
    expect([total.dataSync()[0], count]).toEqual([0, 0]);
  });

  it('in padding are left out, whatever they are', () => {
    const mask = tensor([1, 0], [2], 'bool');
    const { sum: total, count } = weightedSum(tensor([2, Number.NaN]), null, mask);
    expect([total.dataSync()[0], (count as Tensor).dataSync()[0]]).toEqual([2, 1]);
  });

  it('of an ignored class are left out of the mean, as of padding', () => {
    const loss = sparseCategoricalCrossentropy({ ignoreClass: -1 });
    const yTrue = tensor([0, -1, 1, 1], [2, 2], 'int32');
    const yPred = tensor([0.5, 0.5, 0.5, 0.5, 0.25, 0.75, 0.5, 0.5], [2, 2, 2]);
    const counts = (mask: Tensor | null) => {
      const before = memory().numTensors;
      const { sum: total, count } = lossSum(loss, yTrue, yPred, null, mask);
      expect(memory().numTensors).toBe(before + 2);
      return [total.dataSync()[0], (count as Tensor).dataSync()[0]];
    };
    expect(counts(null)).toEqual([expect.closeTo(2 * Math.LN2 - Math.log(0.75), 5), 3]);
    expect(counts(tensor([1, 1, 0, 1], [2, 2], 'bool'))).toEqual([expect.closeTo(2 * Math.LN2, 5), 2]);
  });
});
