// What the page of the benchmark shows: one run, read when the site is built, with its figures written out.
import { existsSync, readFileSync } from 'node:fs';
import {
  compare,
  groups,
  peers,
  type Report,
  reportSchema,
  scatter,
  showMegabytes,
  showRatio,
  showSeconds,
  type WorkloadReport,
} from '@jogak/bench/report';

/** A peer of a workload. */
interface PeerRow {
  readonly title: string;
  readonly threads: string;
  readonly time: string;
  readonly spread: string;
  /** How many times as long as ours. */
  readonly toOurs: string;
  readonly timesFloor: string;
  readonly memory: string;
  /** What is to be said of it; all there is, where it could not take part. */
  readonly note: string;
}

export interface WorkloadFacts {
  readonly name: string;
  readonly title: string;
  readonly per: string;
  readonly data: string | null;
  readonly floor: string | null;
  readonly ours: string;
  readonly timesFloor: string;
  readonly bestPython: string;
  readonly pythonToOurs: string;
  readonly tfjsToOurs: string;
  readonly jaxJsToOurs: string;
  readonly threadsGain: string;
  readonly peers: readonly PeerRow[];
}

export interface BenchmarkFacts {
  readonly date: string;
  readonly machine: string;
  readonly peaks: readonly string[];
  readonly engines: readonly string[];
  readonly rounds: number;
  readonly groups: readonly { readonly name: string; readonly title: string; readonly workloads: readonly WorkloadFacts[] }[];
}

const file = new URL('../../../benchmarks/results.json', import.meta.url);

const ratio = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : showRatio(value));
const titleOf = (peer: string): string => peers[peer as keyof typeof peers].title;

function peerRow(result: WorkloadReport['peers'][number], workload: WorkloadReport): PeerRow {
  const blank = { threads: '', time: '', spread: '', toOurs: '', timesFloor: '', memory: '' };
  if ('cannot' in result) return { ...blank, title: titleOf(result.peer), note: `cannot: ${result.cannot}` };
  const comparison = compare(workload);
  const extrapolated = result.extrapolated ? `extrapolated from ${result.unitsTimed} of ${workload.units} steps` : null;
  return {
    title: titleOf(result.peer),
    threads: String(result.threads ?? ''),
    time: showSeconds(result.seconds.median),
    spread: result.rounds > 1 ? `± ${Math.round(100 * scatter(result.seconds))} %` : '',
    toOurs: comparison && comparison.ours !== result ? showRatio(result.seconds.median / comparison.ours.seconds.median) : '',
    timesFloor: workload.floor ? showRatio(result.seconds.median / workload.floor.seconds) : '',
    memory: showMegabytes(result.peakMemoryBytes),
    note: [extrapolated, result.note].filter(Boolean).join('; '),
  };
}

function workloadFacts(workload: WorkloadReport): WorkloadFacts {
  const comparison = compare(workload);
  const { name, title, per, data, floor, group } = workload;
  return {
    ...{ name, title, per, data },
    floor: floor && `${showSeconds(floor.seconds)}, by ${floor.bound}`,
    ours: comparison
      ? group === 'memory'
        ? showMegabytes(comparison.ours.peakMemoryBytes)
        : showSeconds(comparison.ours.seconds.median)
      : '–',
    timesFloor: ratio(comparison?.timesFloor),
    bestPython: comparison?.bestPython
      ? `${titleOf(comparison.bestPython.peer)}, ${showSeconds(comparison.bestPython.seconds.median)}`
      : '–',
    pythonToOurs: ratio(comparison?.ratios['best-python']),
    tfjsToOurs: ratio(comparison?.ratios['tfjs-cpu']),
    jaxJsToOurs: ratio(comparison?.ratios['jax-js']),
    threadsGain: ratio(comparison?.threadsGain),
    peers: workload.peers.map(result => peerRow(result, workload)),
  };
}

function facts({ date, machine, peaks, rounds, workloads }: Report): BenchmarkFacts {
  const giga = ({ one, all }: { one: number; all: number }): string => `${(one / 1e9).toFixed(1)} / ${(all / 1e9).toFixed(1)}`;
  const { processor, vectors, cores, memoryBytes, node, platform, load } = machine;
  return {
    date: date.slice(0, 10),
    machine: `${processor} (${vectors}), ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB, ${platform}, Node ${node}; load ${load.toFixed(1)} before the run`,
    peaks: [
      `128-bit SIMD: ${giga(peaks.plain)} GFLOP/s plain${peaks.relaxed ? `, ${giga(peaks.relaxed)} relaxed` : ''}`,
      `memory: ${giga(peaks.read)} GB/s read, ${giga(peaks.update)} read and written back`,
    ],
    engines: [...new Set(workloads.flatMap(workload => workload.peers.flatMap(result => ('engine' in result ? [result.engine] : []))))],
    rounds,
    groups: Object.entries(groups)
      .map(([name, title]) => ({ name, title, workloads: workloads.filter(one => one.group === name).map(workloadFacts) }))
      .filter(group => group.workloads.length > 0),
  };
}

/** Null where no run is committed. */
declare const data: BenchmarkFacts | null;

export { data };

export default {
  watch: ['../../../benchmarks/results.json'],
  load: (): typeof data => (existsSync(file) ? facts(reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))) : null),
};
