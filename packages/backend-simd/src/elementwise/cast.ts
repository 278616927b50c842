import { type CastAttrs, type CastInputs, type DataType, getKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/**
 * Numbers of one type from those of another. (`cpu`'s kernel passes int32 and bool on as float32 without touching them, which works where
 * JavaScript reads each array by its own type; here kernels read bytes by the tensor's.)
 */
export const cast: SimdKernel = simdKernel<CastInputs, CastAttrs>('Cast', ({ inputs: { x }, attrs: { dtype }, backend }) => {
  if (dtype === x.dtype && dtype !== 'complex64') return backend.alias(x, x.shape);
  if (dtype === 'complex64' && x.dtype !== 'complex64') return complexOf(x, backend);
  return isNumber(x.dtype) && (dtype === 'float32' || dtype === 'int32') ? convert(x, dtype, backend) : undefined;
});

const isNumber = (dtype: DataType): boolean => dtype === 'float32' || dtype === 'int32' || dtype === 'bool';

function convert(x: TensorInfo, dtype: 'float32' | 'int32', backend: SimdBackend): TensorInfo {
  const result = backend.output(x.shape, dtype);
  // Views are taken only now: the output may have made memory grow.
  const target = view(result, backend);
  target.set(view(x, backend));
  return result;
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

function view(tensor: TensorInfo, backend: SimdBackend): Float32Array | Int32Array | Uint8Array {
  const [pointer, length] = [backend.pointer(tensor), util.sizeFromShape(tensor.shape)];
  if (tensor.dtype === 'float32') return backend.floats(pointer, length);
  return tensor.dtype === 'int32' ? backend.ints(pointer, length) : backend.bytes(pointer, length);
}
