import { registerSimd } from './simd.js';

export { SimdError, type SimdErrorCode } from './errors.js';
export { kernels as simdKernels } from './kernels.js';
export { isSimdSupported, type KernelBuild } from './kernels-module.js';
export type { SimdOptions } from './options.js';
export { configureSimd, ready, type SimdStatus, simdStatus } from './simd.js';

registerSimd();
