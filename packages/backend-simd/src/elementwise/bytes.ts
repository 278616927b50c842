import {
  type LogicalNotInputs,
  type LogicalOrInputs,
  type ReluInputs,
  type SelectInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { sameShape } from './broadcast.js';

/** Elements in a chunk; a multiple of 64, as the kernels' loops go over the end. */
const CHUNK = 16384;

/** Which elements of a float32 tensor are of a kind. */
const test = (kernelName: string, kernel: KernelName): SimdKernel =>
  simdKernel<ReluInputs, object>(kernelName, ({ inputs: { x }, backend }) => {
    if (x.dtype !== 'float32') return undefined;
    const y = backend.output(x.shape, 'bool');
    const length = util.sizeFromShape(x.shape);
    backend.run(kernel, Math.ceil(length / CHUNK), backend.pointer(x), backend.pointer(y), length, CHUNK);
    return y;
  });

/** `a` and `b`, bool of one shape. */
function combine(backend: SimdBackend, kernel: KernelName, a: TensorInfo, b: TensorInfo): TensorInfo | undefined {
  if (a.dtype !== 'bool' || b.dtype !== 'bool' || !sameShape(a.shape, b.shape)) return undefined;
  const y = backend.output(a.shape, 'bool');
  const length = util.sizeFromShape(a.shape);
  backend.run(kernel, Math.ceil(length / CHUNK), backend.pointer(a), backend.pointer(b), backend.pointer(y), length, CHUNK);
  return y;
}

const logical = (kernelName: string, kernel: KernelName): SimdKernel =>
  simdKernel<LogicalOrInputs, object>(kernelName, ({ inputs: { a, b }, backend }) => combine(backend, kernel, a, b));

const select: SimdKernel = simdKernel<SelectInputs, object>('Select', ({ inputs: { condition, t, e }, backend }) => {
  const isCovered = condition.dtype === 'bool' && t.dtype === e.dtype && (t.dtype === 'float32' || t.dtype === 'int32');
  if (!isCovered || !sameShape(condition.shape, t.shape) || !sameShape(t.shape, e.shape)) return undefined;
  const y = backend.output(t.shape, t.dtype);
  const length = util.sizeFromShape(t.shape);
  const addresses = [backend.pointer(condition), backend.pointer(t), backend.pointer(e), backend.pointer(y)];
  backend.run('select4B', Math.ceil(length / CHUNK), ...addresses, length, CHUNK);
  return y;
});

export const byteKernels: readonly SimdKernel[] = [
  test('IsNan', 'isNanF32'),
  test('IsInf', 'isInfF32'),
  test('IsFinite', 'isFiniteF32'),
  simdKernel<LogicalNotInputs, object>('LogicalNot', ({ inputs: { x }, backend }) => combine(backend, 'logicalNotBool', x, x)),
  logical('LogicalAnd', 'logicalAndBool'),
  logical('LogicalOr', 'logicalOrBool'),
  select,
];
