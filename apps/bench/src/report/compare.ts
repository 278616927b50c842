import { type PeerName, peers } from '../peers/peers.js';
import { type MeasuredReport, measuredBy, type WorkloadReport } from './report.js';

/** A workload's figures beside each other. */
export interface Comparison {
  /** Ours: on `simd`, where that was measured, else on `cpu`. */
  readonly ours: MeasuredReport;
  /** How many times the floor ours takes; null where there is no floor. */
  readonly timesFloor: number | null;
  /** The fastest of Python's peers. */
  readonly bestPython: MeasuredReport | undefined;
  /** How many times as long as ours each peer takes: 4 means that we are four times as fast. */
  readonly ratios: Readonly<Partial<Record<PeerName | 'best-python', number>>>;
  /** How many times as fast we are on all threads as on one. */
  readonly threadsGain: number | null;
}

/** Compares ours with all others; null where ours was not measured. */
export function compare(workload: WorkloadReport): Comparison | null {
  const ours = measuredBy(workload, 'jogak-simd') ?? measuredBy(workload, 'jogak-cpu');
  if (!ours) return null;
  const python = workload.peers.filter(
    (result): result is MeasuredReport => 'seconds' in result && peers[result.peer as PeerName].kind === 'python',
  );
  const bestPython = python.reduce<MeasuredReport | undefined>(
    (best, result) => (best && best.seconds.median <= result.seconds.median ? best : result),
    undefined,
  );
  const ratio = (other: MeasuredReport): number => other.seconds.median / ours.seconds.median;
  const others = workload.peers.filter((result): result is MeasuredReport => 'seconds' in result && result.peer !== ours.peer);
  const oneThread = measuredBy(workload, 'jogak-simd-1');
  return {
    ours,
    timesFloor: workload.floor && ours.seconds.median / workload.floor.seconds,
    bestPython,
    ratios: {
      ...Object.fromEntries(others.map(other => [other.peer, ratio(other)])),
      ...(bestPython ? { 'best-python': ratio(bestPython) } : {}),
    },
    threadsGain: oneThread && ours.peer === 'jogak-simd' ? ratio(oneThread) : null,
  };
}
