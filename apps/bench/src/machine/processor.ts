import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The machine a run was made on. */
export interface Machine {
  readonly processor: string;
  /** Processors that a program can use. */
  readonly cores: number;
  /** Widest vector instructions of the processor; `unknown` where the system does not say. */
  readonly vectors: 'AVX-512' | 'AVX2' | 'AVX' | 'SSE' | 'NEON' | 'unknown';
  readonly memoryBytes: number;
  readonly platform: string;
  readonly node: string;
  /** Mean number of programs that ran in the minute before. */
  readonly load: number;
}

/** What the system says of the machine. */
export function describeMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    vectors: process.arch === 'arm64' ? 'NEON' : widestVectors(processorFlags()),
    memoryBytes: os.totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    load: os.loadavg()[0] as number,
  };
}

/** @param flags as Linux lists them in `/proc/cpuinfo` */
export function widestVectors(flags: ReadonlySet<string>): Machine['vectors'] {
  if (flags.has('avx512f')) return 'AVX-512';
  if (flags.has('avx2')) return 'AVX2';
  if (flags.has('avx')) return 'AVX';
  return flags.has('sse2') ? 'SSE' : 'unknown';
}

function processorFlags(): ReadonlySet<string> {
  try {
    const line = /^flags\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'));
    return new Set(line?.[1]?.split(' '));
  } catch {
    return new Set();
  }
}
