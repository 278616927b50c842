import {
  type DataType,
  engine,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
  type TypedArray,
  tensor,
} from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import '../engine.js';
import { randomKey, uniformValues } from '../random.js';
import { originalKernel, registeredKernel } from './kernel.js';

/** Values of a tensor in row-major order, with its shape and dtype. */
export interface Result {
  readonly shape: number[];
  readonly dtype: DataType;
  readonly values: TypedArray;
}

/** Numbers in [-1, 1), a function of `name` and the shape. */
export function sample(shape: number[], name = 'x'): Tensor {
  return tensor(
    uniformValues(randomKey(1, name), shape).map(value => 2 * value - 1),
    shape,
    'float32',
  );
}

/** What our kernel answers, and what the kernel of tfjs that it replaced does. */
export function bothKernels(kernelName: string, inputs: Record<string, Tensor>, attrs: object = {}): { ours: Result; original: Result } {
  const backend = engine().backend;
  const [ours, original] = [registeredKernel(kernelName), originalKernel(kernelName)].map(kernelFunc => {
    const info = kernelFunc({ inputs: inputs as NamedTensorInfoMap, backend, attrs: attrs as NamedAttrMap }) as TensorInfo;
    const values = (backend.readSync(info.dataId) as TypedArray).slice();
    backend.disposeData(info.dataId);
    return { shape: info.shape, dtype: info.dtype, values };
  });
  expect(registeredKernel(kernelName)).not.toBe(originalKernel(kernelName));
  return { ours: ours!, original: original! };
}

/** |actual − expected| ≤ tolerance · max(1, |expected|) everywhere; NaN and infinities exactly where they are expected. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i]!;
    const e = expected[i]!;
    const close = Object.is(a, e) || a === e || Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e));
    if (!close || Number.isFinite(a) !== Number.isFinite(e)) expect.fail(`element ${i} is ${a}, expected ${e} to ${tolerance}`);
  }
}

/** Our kernel agrees with the one it replaced: shape, dtype, values. */
export function expectSameAsOriginal(kernelName: string, inputs: Record<string, Tensor>, attrs: object, tolerance: number): Result {
  const { ours, original } = bothKernels(kernelName, inputs, attrs);
  expect(ours.shape).toEqual(original.shape);
  expect(ours.dtype).toBe(original.dtype);
  expectClose(ours.values, original.values, tolerance);
  return ours;
}
