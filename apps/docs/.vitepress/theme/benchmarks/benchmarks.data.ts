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
import { type Column, filledColumns, type TableText } from '../tables/filled-columns.js';
import { differences } from './differences.js';

export interface WorkloadFacts {
  readonly name: string;
  readonly title: string;
  readonly data: string | null;
  readonly floor: string | null;
  /** A row for every peer. */
  readonly table: TableText;
}

export interface BenchmarkFacts {
  readonly date: string;
  readonly machine: string;
  readonly peaks: readonly string[];
  readonly engines: readonly string[];
  readonly rounds: number;
  /** Figures that scatter by more than a quarter of themselves, in words. */
  readonly unsteady: readonly string[];
  /** In what the peers' work is not ours. */
  readonly differences: readonly string[];
  readonly groups: readonly {
    readonly name: string;
    readonly title: string;
    /** A row for every workload. */
    readonly table: TableText;
    readonly workloads: readonly WorkloadFacts[];
  }[];
}

const file = new URL('../../../benchmarks/results.json', import.meta.url);

type Measured = Extract<WorkloadReport['peers'][number], { readonly seconds: unknown }>;

const ratio = (value: number | null | undefined): string | null => (value === null || value === undefined ? null : showRatio(value));
const titleOf = (peer: string): string => peers[peer as keyof typeof peers].title;

const spread = (result: Measured): string | null => (result.rounds > 1 ? `± ${Math.round(100 * scatter(result.seconds))} %` : null);
/** Whether a figure scatters by more than a quarter of itself to either side: of a ratio to it little can be said. */
const isUnsteady = (result: Measured): boolean => result.rounds > 1 && scatter(result.seconds) > 0.25;
const time = (result: Measured): string => `${showSeconds(result.seconds.median)}${isUnsteady(result) ? ` ${spread(result)}` : ''}`;

const groupColumns: readonly Column<WorkloadReport>[] = [
  { title: 'workload', text: ({ name }) => name },
  {
    title: 'Jogak',
    text: workload => {
      const ours = compare(workload)?.ours;
      return ours ? (workload.group === 'memory' ? showMegabytes(ours.peakMemoryBytes) : time(ours)) : null;
    },
  },
  { title: '× floor', text: workload => ratio(compare(workload)?.timesFloor) },
  {
    title: 'best of Python',
    text: workload => {
      const best = compare(workload)?.bestPython;
      return best ? `${titleOf(best.peer)}, ${time(best)}` : null;
    },
  },
  { title: 'to ours', text: workload => ratio(compare(workload)?.ratios['best-python']) },
  { title: 'tfjs cpu to ours', text: workload => ratio(compare(workload)?.ratios['tfjs-cpu']) },
  { title: 'jax-js to ours', text: workload => ratio(compare(workload)?.ratios['jax-js']) },
  { title: 'gain by threads', text: workload => ratio(compare(workload)?.threadsGain) },
];

function peerColumns(workload: WorkloadReport): readonly Column<WorkloadReport['peers'][number]>[] {
  const ours = compare(workload)?.ours;
  const measured =
    (text: (result: Measured) => string | null) =>
    (result: WorkloadReport['peers'][number]): string | null =>
      'cannot' in result ? null : text(result);
  return [
    { title: 'peer', text: ({ peer }) => titleOf(peer) },
    { title: 'threads', text: measured(({ threads }) => (threads === null ? null : String(threads))) },
    { title: `median a ${workload.per}`, text: measured(({ seconds }) => showSeconds(seconds.median)) },
    { title: 'spread', text: measured(spread) },
    {
      title: 'to ours',
      text: measured(result => (ours && ours !== result ? showRatio(result.seconds.median / ours.seconds.median) : null)),
    },
    { title: '× floor', text: measured(({ seconds }) => (workload.floor ? showRatio(seconds.median / workload.floor.seconds) : null)) },
    { title: 'memory', text: measured(({ peakMemoryBytes }) => showMegabytes(peakMemoryBytes)) },
    {
      title: 'note',
      text: result => {
        if ('cannot' in result) return `cannot: ${result.cannot}`;
        const extrapolated = result.extrapolated ? `extrapolated from ${result.unitsTimed} of ${workload.units} steps` : null;
        return [extrapolated, result.note].filter(Boolean).join('; ') || null;
      },
    },
  ];
}

function workloadFacts(workload: WorkloadReport): WorkloadFacts {
  const { name, title, data, floor } = workload;
  return {
    ...{ name, title, data },
    floor: floor && `${showSeconds(floor.seconds)}, by ${floor.bound}`,
    table: filledColumns(peerColumns(workload), workload.peers),
  };
}

/** `fashion-cnn on Jogak simd (± 76 %)` for every figure whose spread is above a quarter of it. */
const unsteadyFigures = ({ name, peers: results }: WorkloadReport): string[] =>
  results.flatMap(result => ('seconds' in result && isUnsteady(result) ? [`${name} on ${titleOf(result.peer)} (${spread(result)})`] : []));

function groupFacts([name, title]: readonly [string, string], workloads: readonly WorkloadReport[]): BenchmarkFacts['groups'][number] {
  const own = workloads.filter(({ group }) => group === name);
  return { name, title, table: filledColumns(groupColumns, own), workloads: own.map(workloadFacts) };
}

/** What the page says of a run. */
export function facts({ date, machine, peaks, rounds, workloads }: Report): BenchmarkFacts {
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
    unsteady: workloads.flatMap(unsteadyFigures),
    differences: differences({ workloads }),
    groups: Object.entries(groups)
      .map(group => groupFacts(group, workloads))
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
