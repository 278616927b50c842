import { cpus } from 'node:os';

/** What a run was computed on. */
export interface Machine {
  /** The processor's own name. */
  readonly processor: string;
  /** Processors that the system shows. */
  readonly cores: number;
  readonly backend: string;
  readonly threads: number;
  /** Version of Node: `20.19.0`. */
  readonly node: string;
}

/** This machine, with what computes on it. */
export function thisMachine(backend: string, threads: number): Machine {
  const processors = cpus();
  const processor = processors[0]?.model.trim() || process.arch;
  return { processor, cores: processors.length, backend, threads, node: process.versions.node };
}

/** `AMD EPYC, 2 cores; backend simd, 2 threads; Node 20.19.0`. */
export function machineText({ processor, cores, backend, threads, node }: Machine): string {
  const number = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'}`;
  return `${processor}, ${number(cores, 'core')}; backend ${backend}, ${number(threads, 'thread')}; Node ${node}`;
}
