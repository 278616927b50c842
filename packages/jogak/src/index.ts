/**
 * All of Jogak under one import, with the names of `@tensorflow/tfjs`: a program that was written for it runs with its import changed.
 *
 * What `@jogak/ops` and `@jogak/models` export stands at the top; the other packages are namespaces: `layers`, `optimizers`, `datasets`. Tensors
 * have chained methods, and the backend `simd` computes where it can start, `cpu` elsewhere. Where two packages have a name, the README's table says what it means here.
 *
 * @module
 */
import '@jogak/backend-simd';
import '@jogak/ops/chained';

export * as simd from '@jogak/backend-simd';
export * as datasets from '@jogak/datasets';
export { data } from '@jogak/datasets';
export * as layers from '@jogak/layers';
export { constraints, initializers, input, Layer, RNN, regularizers, SymbolicTensor } from '@jogak/layers';
export * from '@jogak/models';
export { Model as LayersModel } from '@jogak/models';
export * from '@jogak/ops';
export * as optimizers from '@jogak/optimizers';
export { Optimizer } from '@jogak/optimizers';
export { CustomCallback, EarlyStopping } from './callbacks.js';
export { losses } from './losses.js';
export { metrics } from './metrics.js';
export { serialization } from './serialization.js';
export { train } from './train.js';
export { version } from './version.js';
