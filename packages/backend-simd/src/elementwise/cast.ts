import { type CastAttrs, type CastInputs, type DataType, getKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/**
 * Numbers of one type from those of another. (`cpu`'s kernel passes int32 and bool on as float32 without touching them, which works where
 * JavaScript reads each array by its own type; here kernels read bytes by the tensor's.)
 */
export const cast: SimdKernel = simdKernel<CastInputs, CastAttrs>('Cast', ({ inputs: { x }, attrs: { dtype }, backend }) => {
  if (dtype === x.dtype && dtype !== 'complex64') return backend.alias(x, x.shape);
  if (dtype === 'complex64' && x.dtype !== 'complex64') return complexOf(x, backend);
  return isNumber(x.dtype) && isNumber(dtype) ? convert(x, dtype, backend) : undefined;
});

type NumberType = 'float32' | 'int32' | 'bool';

const isNumber = (dtype: DataType): dtype is NumberType => dtype === 'float32' || dtype === 'int32' || dtype === 'bool';

/** Elements in a chunk; a multiple of 64, as the kernels' loops go over the end. */
const CHUNK = 16384;

function convert(x: TensorInfo, dtype: NumberType, backend: SimdBackend): TensorInfo {
  const y = backend.output(x.shape, dtype);
  const length = util.sizeFromShape(x.shape);
  backend.run(kernelOf(x.dtype, dtype), Math.ceil(length / CHUNK), backend.pointer(x), backend.pointer(y), length, CHUNK);
  return y;
}

function kernelOf(from: DataType, to: NumberType): KernelName {
  if (to === 'bool') return from === 'float32' ? 'castF32ToBool' : 'castI32ToBool';
  if (from === 'bool') return to === 'float32' ? 'castBoolToF32' : 'castBoolToI32';
  return to === 'float32' ? 'castI32ToF32' : 'castF32ToI32';
}

/** cpu's kernel for complex numbers takes the real parts as they are: they have to be float32 before. */
function complexOf(x: TensorInfo, backend: SimdBackend): TensorInfo {
  const real = x.dtype === 'float32' ? backend.alias(x, x.shape) : convert(x, 'float32', backend);
  try {
    return getKernel('Cast', 'cpu').kernelFunc({ inputs: { x: real }, attrs: { dtype: 'complex64' }, backend }) as TensorInfo;
  } finally {
    backend.disposeIntermediateTensorInfo(real);
  }
}
