// What the page of kernels shows, from tfjs-core's registries as @jogak/ops and @jogak/backend-simd leave them.
import { simdKernels } from '@jogak/backend-simd';
import { getGradient, getKernelsForBackend } from '@jogak/ops';

/** One op: which kernel a backend runs for it, and whether it can be differentiated. */
export interface KernelRow {
  readonly op: string;
  /** Whether `cpu` has a kernel; some ops of Jogak's own have one on `simd` alone, and are composed of others elsewhere. */
  readonly cpu: boolean;
  readonly simd: 'own' | "cpu's";
  readonly gradient: boolean;
}

declare const data: readonly KernelRow[];

export { data };

/** A row for every op that either backend has a kernel for, by name. */
export function load(): KernelRow[] {
  const cpu = new Set(getKernelsForBackend('cpu').map(({ kernelName }) => kernelName));
  const own = new Set(simdKernels.map(({ kernelName }) => kernelName));
  return [...new Set([...cpu, ...own])]
    .sort()
    .map(op => ({ op, cpu: cpu.has(op), simd: own.has(op) ? 'own' : "cpu's", gradient: getGradient(op) != null }));
}

export default { load };
