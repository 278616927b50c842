export {
  BinaryCrossentropy,
  binaryCrossentropy,
  CategoricalCrossentropy,
  type CrossentropyOptions,
  categoricalCrossentropy,
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from './cross-entropy.js';
export { FunctionLoss, type LossFunction } from './function-loss.js';
export { CategoricalHinge, categoricalHinge, Hinge, hinge, SquaredHinge, squaredHinge } from './hinge.js';
export { FittedLoss, Loss, type TargetError } from './loss.js';
export { KLDivergence, klDivergence, Poisson, poisson } from './probabilities.js';
export { lossSum, type WeightedSum, weightedSum } from './reduce.js';
export { getLoss, type LossLike, registerLoss } from './registry.js';
export {
  CosineSimilarity,
  cosineSimilarity,
  Huber,
  type HuberOptions,
  huber,
  LogCosh,
  logCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from './regression.js';
