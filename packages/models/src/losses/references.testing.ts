// The losses once more, of one sample and in double precision, as their formulas are read: what tests take differences of.

type Reference = (yTrue: readonly number[], yPred: readonly number[]) => number;

const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const meanOf =
  (each: (t: number, p: number) => number): Reference =>
  (yTrue, yPred) =>
    total(yTrue.map((t, i) => each(t, yPred[i] as number))) / yTrue.length;
const clip = (x: number): number => Math.min(Math.max(x, 1e-7), 1 - 1e-7);
const softmax = (x: readonly number[]): number[] => x.map(value => Math.exp(value) / total(x.map(Math.exp)));
const dot = (a: readonly number[], b: readonly number[]): number => total(a.map((value, i) => value * (b[i] as number)));
const categorical: Reference = (yTrue, yPred) => -total(yTrue.map((t, i) => t * Math.log(clip((yPred[i] as number) / total(yPred)))));
const binary = (t: number, p: number): number => -(t * Math.log(clip(p)) + (1 - t) * Math.log(1 - clip(p)));

/** By class name, or that and `logits`. Sparse labels are given one-hot. */
export const references: Readonly<Record<string, Reference>> = {
  MeanSquaredError: meanOf((t, p) => (t - p) ** 2),
  MeanAbsoluteError: meanOf((t, p) => Math.abs(t - p)),
  MeanAbsolutePercentageError: meanOf((t, p) => (100 * Math.abs(t - p)) / Math.max(Math.abs(t), 1e-7)),
  MeanSquaredLogarithmicError: meanOf((t, p) => (Math.log(Math.max(t, 1e-7) + 1) - Math.log(Math.max(p, 1e-7) + 1)) ** 2),
  Huber: meanOf((t, p) => (Math.abs(t - p) <= 1 ? (t - p) ** 2 / 2 : Math.abs(t - p) - 0.5)),
  LogCosh: meanOf((t, p) => Math.log(Math.cosh(p - t))),
  CosineSimilarity: (t, p) => -dot(t, p) / Math.sqrt(dot(t, t) * dot(p, p)),
  KLDivergence: (yTrue, yPred) => total(yTrue.map((t, i) => t * Math.log(t / (yPred[i] as number)))),
  Poisson: meanOf((t, p) => p - t * Math.log(p + 1e-7)),
  Hinge: meanOf((t, p) => Math.max(1 - (2 * t - 1) * p, 0)),
  SquaredHinge: meanOf((t, p) => Math.max(1 - (2 * t - 1) * p, 0) ** 2),
  CategoricalHinge: (t, p) => Math.max(Math.max(...p.map((value, i) => (1 - (t[i] as number)) * value)) - dot(t, p) + 1, 0),
  BinaryCrossentropy: meanOf(binary),
  'BinaryCrossentropy/logits': meanOf((t, p) => binary(t, 1 / (1 + Math.exp(-p)))),
  CategoricalCrossentropy: categorical,
  'CategoricalCrossentropy/logits': (t, p) => categorical(t, softmax(p)),
  SparseCategoricalCrossentropy: categorical,
  'SparseCategoricalCrossentropy/logits': (t, p) => categorical(t, softmax(p)),
};
