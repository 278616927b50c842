import type { CpuInfo } from 'node:os';

/** What the processors have done since the machine started, in milliseconds of all of them together. */
export interface ProcessorUsage {
  readonly processors: number;
  readonly total: number;
  readonly busy: number;
  /** Busy with this program. */
  readonly own: number;
}

/** @param own milliseconds that this program has had of all processors */
export function usageOf(processors: readonly Pick<CpuInfo, 'times'>[], own: number): ProcessorUsage {
  let total = 0;
  let idle = 0;
  for (const { times } of processors) {
    total += times.user + times.nice + times.sys + times.irq + times.idle;
    idle += times.idle;
  }
  return { processors: processors.length, total, busy: total - idle, own };
}

/** How many processors other programs have left free between two looks; infinite when no time has passed. */
export function freeBetween(before: ProcessorUsage, after: ProcessorUsage): number {
  const elapsed = after.total - before.total;
  if (elapsed <= 0) return Number.POSITIVE_INFINITY;
  const others = after.busy - before.busy - (after.own - before.own);
  return after.processors * (1 - others / elapsed);
}
