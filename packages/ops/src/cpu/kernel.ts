import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type DataType, getKernel, type KernelFunc, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';

/** What a kernel is called with: the tensors and attributes that the op of the same name passes, and the backend that holds their values. */
export interface KernelCall<Inputs, Attributes> {
  /** tfjs types every input as possibly undefined, those that an op always passes too; only optional ones are so here. */
  readonly inputs: { readonly [Name in keyof Inputs]: Exclude<Inputs[Name], undefined> };
  readonly attrs: Attributes;
  readonly backend: MathBackendCPU;
}

/** A kernel for the common cases: `undefined` means that it does not cover this one, and leaves it to the kernel that it replaced. */
export type FastKernel<Inputs, Attributes> = (call: KernelCall<Inputs, Attributes>) => TensorInfo | TensorInfo[] | undefined;

/** Key of the replaced kernel on its replacement. In the global registry, so that a second copy of this module knows its twin's work. */
const ORIGINAL = Symbol.for('@jogak/ops/original-cpu-kernel');

type MarkedKernel = KernelFunc & { [ORIGINAL]?: KernelFunc };

/** Puts `kernel` in front of the `cpu` backend's kernel of this name. Does nothing where that has been done, or where there is none. */
export function replaceKernel<Inputs, Attributes>(kernelName: string, kernel: FastKernel<Inputs, Attributes>): void {
  const config = getKernel(kernelName, 'cpu');
  if (!config || (config.kernelFunc as MarkedKernel)[ORIGINAL]) return;
  const original = config.kernelFunc;
  const kernelFunc: MarkedKernel = call => kernel(call as unknown as KernelCall<Inputs, Attributes>) ?? original(call);
  kernelFunc[ORIGINAL] = original;
  // Without this, registering prints a warning.
  unregisterKernel(kernelName, 'cpu');
  registerKernel({ ...config, kernelFunc });
}

/** The kernel that {@link replaceKernel} replaced; the registered one where none was. */
export function originalKernel(kernelName: string): KernelFunc {
  const kernelFunc = registeredKernel(kernelName) as MarkedKernel;
  return kernelFunc[ORIGINAL] ?? kernelFunc;
}

/** The kernel of this name that the `cpu` backend has now. */
export function registeredKernel(kernelName: string): KernelFunc {
  const config = getKernel(kernelName, 'cpu');
  if (!config) throw new Error(`the cpu backend has no kernel ${kernelName}`);
  return config.kernelFunc;
}

/** The values of a `float32` tensor; not a copy. `undefined` for other dtypes. */
export function floatValues(backend: MathBackendCPU, tensor: TensorInfo): Float32Array | undefined {
  if (tensor.dtype !== 'float32') return undefined;
  const { values } = backend.data.get(tensor.dataId);
  return values instanceof Float32Array ? values : undefined;
}

/** A new tensor around `values`, which then belong to it. */
export function output(
  backend: MathBackendCPU,
  values: Float32Array | Int32Array | Uint8Array,
  shape: readonly number[],
  dtype: DataType = 'float32',
): TensorInfo {
  return backend.makeTensorInfo([...shape], dtype, values);
}

const scratch = new Map<string, Float64Array>();

/**
 * At least `length` numbers to work in, their values unspecified, the same memory for every call with this `name`. Kernels never run inside
 * each other, so memory is reused from call to call: fresh arrays of megabytes would be zeroed and collected at every step.
 */
export function workspace(name: string, length: number): Float64Array {
  let array = scratch.get(name);
  if (!array || array.length < length) scratch.set(name, (array = new Float64Array(length)));
  return array;
}
