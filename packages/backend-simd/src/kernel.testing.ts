import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  type DataType,
  getKernel,
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import '@jogak/ops';
import './index.js';
import { SimdBackend } from './backend.js';
import { borrowCpuKernels } from './kernel.js';
import { hasRelaxedSimd, type KernelBuild } from './kernels-module.js';

/** Numbers with their shape and dtype: what goes into a kernel, and what comes out. */
export interface Values {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: Float32Array | Int32Array | Uint8Array;
}

borrowCpuKernels();
const make = (kernels: KernelBuild, threads: number): SimdBackend =>
  new SimdBackend({ kernels, threads, deterministic: false, maximumMemory: 2 ** 30 });
const alone = make('plain', 1);
const together = make('plain', 3);
const relaxed = hasRelaxedSimd() ? [make('relaxed', 1), make('relaxed', 2)] : [];

/** Backends that every kernel is tried on, by what tells them apart. The threads of all are up. */
export const backends: readonly (readonly [string, SimdBackend])[] = [
  ['plain, 1 thread', alone],
  ['plain, 3 threads', together],
  ...relaxed.map((backend): readonly [string, SimdBackend] => [`relaxed, ${backend.threads} threads`, backend]),
];
await Promise.all(backends.map(([, backend]) => backend.ready()));
const cpu = new MathBackendCPU();

/** Numbers in [−1, 1), the same at every call: a multiplicative generator, seeded by `seed`. */
export function sample(shape: readonly number[], seed = 1): Values {
  let state = (seed * 48271 + 11) % 2147483647;
  const values = Float32Array.from({ length: sizeOf(shape) }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
  return { shape, dtype: 'float32', values };
}

/** Whole numbers from 0 up to, not including, `end`; the same at every call. */
export function sampleIntegers(shape: readonly number[], end: number, dtype: 'int32' | 'bool' = 'int32', seed = 1): Values {
  const numbers = Array.from(sample(shape, seed).values, value => Math.floor(((value + 1) / 2) * end));
  return { shape, dtype, values: dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers) };
}

/** The same numbers as float32. */
export const floats = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): Values => ({
  shape,
  dtype: 'float32',
  values: Float32Array.from(values),
});

/**
 * Runs the kernel of a backend. Inputs that are `undefined` are left out; those of kernels that take a list are named 0, 1, … Nothing stays
 * in the backend's memory.
 */
export function runKernel(
  backend: KernelBackend,
  backendName: 'simd' | 'cpu',
  kernelName: string,
  inputs: Readonly<Record<string, Values | undefined>>,
  attrs: object = {},
): Values[] {
  const kernel = getKernel(kernelName, backendName);
  if (!kernel) throw new Error(`${backendName} has no kernel ${kernelName}`);
  const before = backend instanceof SimdBackend ? backend.bytesInUse : 0;
  const infos = ('0' in inputs ? [] : {}) as Record<string, TensorInfo>;
  for (const [name, input] of Object.entries(inputs)) {
    if (!input) continue;
    const dataId = (backend as MathBackendCPU).write(input.values.slice(), [...input.shape], input.dtype);
    infos[name] = { dataId, shape: [...input.shape], dtype: input.dtype };
  }
  const outputs = [kernel.kernelFunc({ inputs: infos as NamedTensorInfoMap, attrs: attrs as NamedAttrMap, backend })].flat();
  const results = outputs.map(({ dataId, shape, dtype }) => ({
    shape,
    dtype,
    values: (backend.readSync(dataId) as Float32Array).slice(),
  }));
  for (const { dataId } of outputs) backend.disposeData(dataId);
  for (const { dataId } of Object.values(infos)) backend.disposeData(dataId);
  if (backend instanceof SimdBackend) expect(backend.bytesInUse, `${kernelName} leaves memory in use`).toBe(before);
  return results;
}

/** |actual − expected| ≤ tolerance · max(1, |expected|) everywhere; NaN and infinities exactly where they are expected. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what = ''): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i]!;
    const e = expected[i]!;
    const close = Object.is(a, e) || a === e || Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e));
    if (!close || Number.isFinite(a) !== Number.isFinite(e)) expect.fail(`${what}: element ${i} is ${a}, expected ${e} to ${tolerance}`);
  }
}

/**
 * The kernel gives what `cpu`'s does, to `tolerance`, in both builds, and the same bits on any number of threads. Returns what the
 * plain build gave.
 */
export function expectSameAsCpu(
  kernelName: string,
  inputs: Readonly<Record<string, Values | undefined>>,
  attrs: object = {},
  tolerance = 0,
): Values[] {
  const expected = runKernel(cpu, 'cpu', kernelName, inputs, attrs);
  return expectResults(kernelName, inputs, attrs, expected, tolerance);
}

/** The kernel gives `expected`, to `tolerance`, in both builds, and the same bits on any number of threads. */
export function expectResults(
  kernelName: string,
  inputs: Readonly<Record<string, Values | undefined>>,
  attrs: object,
  expected: readonly Values[],
  tolerance: number,
): Values[] {
  const results = backends.map(([, backend]) => runKernel(backend, 'simd', kernelName, inputs, attrs));
  results.forEach((outputs, index) => {
    const what = `${kernelName} (${backends[index]![0]})`;
    expect(outputs.length, what).toBe(expected.length);
    outputs.forEach((output, position) => {
      expect(output.shape, what).toEqual(expected[position]!.shape);
      expect(output.dtype, what).toBe(expected[position]!.dtype);
      expectClose(output.values, expected[position]!.values, tolerance, what);
    });
  });
  expectSameBits(results[1]!, results[0]!, `${kernelName}: plain, one thread and three`);
  if (results[3]) expectSameBits(results[3], results[2]!, `${kernelName}: relaxed, one thread and two`);
  return results[0]!;
}

/** Compared as bytes: vitest looks at every element of a typed array, which takes most of a test's time. */
function expectSameBits(actual: readonly Values[], expected: readonly Values[], what: string): void {
  const bytes = ({ values }: Values): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  expect(actual.length, what).toBe(expected.length);
  actual.forEach((output, index) => {
    expect(bytes(output).equals(bytes(expected[index]!)), `${what}, output ${index}`).toBe(true);
  });
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
