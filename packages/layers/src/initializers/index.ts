export {
  Constant,
  type ConstantOptions,
  constant,
  Identity,
  type IdentityOptions,
  identity,
  Ones,
  onesInitializer as ones,
  Zeros,
  zerosInitializer as zeros,
} from './constant.js';
export { Initializer, RandomInitializer, type SeedOptions } from './initializer.js';
export { Orthogonal, type OrthogonalOptions, orthogonal } from './orthogonal.js';
export {
  RandomNormal,
  type RandomNormalOptions,
  RandomUniform,
  type RandomUniformOptions,
  randomNormal,
  randomUniform,
  TruncatedNormal,
  truncatedNormal,
} from './random.js';
export { getInitializer, type InitializerLike, initializerTable, registerInitializer } from './table.js';
export {
  GlorotNormal,
  GlorotUniform,
  glorotNormal,
  glorotUniform,
  HeNormal,
  HeUniform,
  heNormal,
  heUniform,
  LeCunNormal,
  LeCunUniform,
  leCunNormal,
  leCunUniform,
  VarianceScaling,
  type VarianceScalingOptions,
  varianceScaling,
} from './variance-scaling.js';
