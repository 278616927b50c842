import {
  getKernel,
  getKernelsForBackend,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from './backend.js';
import { SimdError } from './errors.js';
import { isExact } from './exact-kernels.js';

/** What a kernel is called with. */
export interface KernelCall<Inputs, Attributes> {
  /** tfjs types every input as possibly undefined, those that an op always passes too; only optional ones are so here. */
  readonly inputs: { readonly [Name in keyof Inputs]: Exclude<Inputs[Name], undefined> };
  readonly attrs: Attributes;
  readonly backend: SimdBackend;
}

/** A kernel for the cases that it covers: `undefined` leaves the others to the kernel of `cpu`. */
export type SimdKernelFunc<Inputs, Attributes> = (call: KernelCall<Inputs, Attributes>) => TensorInfo | TensorInfo[] | undefined;

/** A kernel of this backend, by the name of its op. */
export interface SimdKernel {
  readonly kernelName: string;
  readonly kernelFunc: SimdKernelFunc<never, never>;
}

/** Describes a kernel for {@link registerKernels}. */
export function simdKernel<Inputs, Attributes>(kernelName: string, kernelFunc: SimdKernelFunc<Inputs, Attributes>): SimdKernel {
  return { kernelName, kernelFunc: kernelFunc as SimdKernelFunc<never, never> };
}

type Call = Parameters<KernelFunc>[0];

/** Registers `kernels` for the backend `simd`. */
export function registerKernels(kernels: readonly SimdKernel[]): void {
  for (const { kernelName, kernelFunc } of kernels) {
    const run = kernelFunc as unknown as (call: Call) => ReturnType<KernelFunc> | undefined;
    register({
      kernelName,
      backendName: 'simd',
      kernelFunc: call => {
        const outputs = run(call);
        if (outputs === undefined) return runCpuKernel(kernelName, call);
        const backend = call.backend as SimdBackend;
        if (Array.isArray(outputs)) for (const output of outputs) backend.made(output);
        else backend.made(outputs);
        return outputs;
      },
    });
  }
}

/** Lets every op that has a kernel for `cpu` and none for `simd` run the one of `cpu`. */
export function borrowCpuKernels(): void {
  for (const config of getKernelsForBackend('cpu')) {
    register({ ...config, backendName: 'simd', kernelFunc: call => runCpuKernel(config.kernelName, call) });
  }
}

function register(config: KernelConfig): void {
  if (getKernel(config.kernelName, 'simd') == null) registerKernel(config);
}

/** Looked up at every call: a program may put a faster kernel into the place of `cpu`'s at any time. */
function runCpuKernel(kernelName: string, call: Call): ReturnType<KernelFunc> {
  const backend = call.backend as SimdBackend;
  if (backend.settings.deterministic && !isExact(kernelName)) {
    throw new SimdError(
      'SIMD_NOT_DETERMINISTIC',
      `${kernelName}, with these shapes and types, has no kernel whose result is the same on every machine; leave deterministic off, or compute it otherwise`,
    );
  }
  const config = getKernel(kernelName, 'cpu');
  if (config == null)
    throw new SimdError('SIMD_UNSUPPORTED', `${kernelName}, with these shapes and types, has no kernel: neither simd nor cpu has one`);
  return backend.borrow(() => config.kernelFunc(call));
}
