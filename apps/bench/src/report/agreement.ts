import { type MeasuredReport, measuredBy, type WorkloadReport } from './report.js';

/** How far a figure may be from ours, as a part of it: float32 sums in another order, and Adam's epsilon in another place. */
export const TOLERANCE = 2e-3;

/** A figure that should be the same on a peer, and is not. */
export interface Disagreement {
  readonly peer: string;
  readonly ours: number;
  readonly theirs: number;
}

/** Peers whose losses, outputs or numbers of weights are not those of our `cpu` (or `simd`, where `cpu` was not asked for). */
export function disagreements(workload: WorkloadReport): Disagreement[] {
  const ours = measuredBy(workload, 'jogak-cpu') ?? measuredBy(workload, 'jogak-simd');
  if (!ours) return [];
  return workload.peers.flatMap(result => ('seconds' in result ? differences(ours, result) : []));
}

function differences(ours: MeasuredReport, theirs: MeasuredReport): Disagreement[] {
  const pairs = ours.check.map((value, index) => [value, theirs.check[index]] as const);
  const counts = ours.parameters === null || theirs.parameters === null ? [] : [[ours.parameters, theirs.parameters] as const];
  return [...pairs.filter(([a, b]) => b !== undefined && !close(a, b)), ...counts.filter(([a, b]) => a !== b)].map(([a, b]) => ({
    peer: theirs.peer,
    ours: a,
    theirs: b as number,
  }));
}

/** Whether two figures are the same but for rounding; those below 1 are compared absolutely. */
export const close = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a));
