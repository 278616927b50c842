import './engine.js';

export * from '@tensorflow/tfjs-core';
export { type ActivationFunction, activationName, activations, getActivation } from './activations/index.js';
export type { ArrayLikeData, Batch, BatchData } from './batch.js';
export * from './capture/index.js';
export * from './convolution/index.js';
export * from './cross-entropy/index.js';
export { DROPOUT, type DropoutAttrs, type DropoutInputs, dropoutMask, keyedDropout } from './dropout/index.js';
export { embeddingLookup } from './embedding/index.js';
export { oneHotArray, SCALE_BYTES, scaleArray } from './encoded-array.js';
export { hasKernel } from './engine.js';
export { ConfigError, DataError, type ErrorCode, FormatError, isJogakError, JogakError, ShapeError } from './errors.js';
export { type ValueAndGradients, valueAndGradients } from './gradients.js';
export {
  fromTensor,
  type HostArray,
  type HostData,
  type HostDType,
  halfToNumber,
  hostArray,
  isHostArray,
  sizeOf,
  sliceRows,
  takeRows,
  toTensor,
} from './host-array.js';
export * from './image/index.js';
export * from './linear/index.js';
export * from './normalization/index.js';
export {
  type AdagradRule,
  type AdamRule,
  adamStepSize,
  OPTIMIZER_UPDATE,
  packUpdate,
  type RmspropRule,
  type SgdRule,
  type UpdateItem,
  type UpdateRule,
  type UpdateTensors,
  unpackUpdate,
  updateParameters,
} from './optimizer-update/index.js';
export type { Json, Option, OptionTable } from './options/index.js';
export * as options from './options/index.js';
export { type Constraint, Parameter, type ParameterOptions, type Regularizer } from './parameter.js';
export {
  dropoutValues,
  getRandomSeed,
  normalQuantile,
  normalValues,
  permutation,
  type RandomKey,
  randomBits,
  randomKey,
  setRandomSeed,
  threefry2x32,
  truncatedNormalValues,
  uniformValues,
} from './random.js';
export * from './random-fill/index.js';
export {
  type GruOptions,
  gru,
  type LstmOptions,
  lstm,
  type RecurrentOptions,
  type RecurrentResult,
  type SimpleRnnOptions,
  simpleRnn,
} from './recurrent/index.js';
export * as scalarMath from './scalar-math/index.js';
export { stopGradient, withoutGradient } from './stop-gradient.js';
export { noteSource, sourceOf, type TensorSource } from './tensor-source.js';
export * from './text/index.js';
