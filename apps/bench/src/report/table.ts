import Table from 'cli-table3';
import { type PeerName, peers } from '../peers/peers.js';
import { scatter } from '../statistics.js';
import { groups } from '../workloads/workload.js';
import { disagreements } from './agreement.js';
import { compare } from './compare.js';
import { showMegabytes, showRatio, showSeconds } from './figures.js';
import { measuredBy, type Report, type WorkloadReport } from './report.js';

const title = (peer: string): string => peers[peer as PeerName].title;

/** Lines without colours or box drawing, that fit wherever they are pasted. */
const plain = (head: string[], right: number[]): Table.Table =>
  new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });

/** A workload with all peers under each other: what each took, and how it compares with us. */
export function workloadTable(workload: WorkloadReport): string {
  const comparison = compare(workload);
  const rows = plain(['', 'threads', `median a ${workload.per}`, '±', 'to ours', '× floor', 'memory', ''], [1, 2, 3, 4, 5, 6]);
  for (const result of workload.peers) {
    if ('cannot' in result) {
      rows.push([title(result.peer), { colSpan: 7, content: `cannot: ${result.cannot}` }]);
      continue;
    }
    const { seconds, threads, peakMemoryBytes, note, extrapolated, unitsTimed } = result;
    const notes = [extrapolated && `from ${unitsTimed} of ${workload.units} steps`, note];
    rows.push([
      title(result.peer),
      threads ?? '',
      showSeconds(seconds.median),
      result.rounds > 1 ? `${Math.round(100 * scatter(seconds))} %` : '',
      comparison && comparison.ours !== result ? showRatio(seconds.median / comparison.ours.seconds.median) : '',
      workload.floor ? showRatio(seconds.median / workload.floor.seconds) : '',
      showMegabytes(peakMemoryBytes),
      notes.filter(Boolean).join('; '),
    ]);
  }
  const { floor, operations, bytes, data } = workload;
  const head = [
    `${workload.name}: ${workload.title}${data === null ? '' : `, on ${data}`}`,
    floor &&
      `floor ${showSeconds(floor.seconds)}, by ${floor.bound}: ${showGiga(operations as number)} GFLOP, ${showGiga(bytes as number)} GB`,
  ];
  const wrong = disagreements(workload).map(
    ({ peer, ours, theirs }) => `NOT THE SAME WORK: ${title(peer)} has ${theirs} where we have ${ours}`,
  );
  return [...head, rows.toString(), ...wrong].filter(Boolean).join('\n');
}

const showGiga = (value: number): string => (value / 1e9).toPrecision(3);

/** All workloads under each other, a line each: ours, and how many times as long others take. */
export function summaryTable({ workloads }: Report): string {
  const table = plain(
    ['', 'Jogak', '× floor', '1 thread', 'best of Python', 'to ours', 'tfjs cpu', 'tfjs wasm', 'jax-js', 'Jogak cpu'],
    [1, 2, 3, 5, 6, 7, 8, 9],
  );
  for (const group of Object.keys(groups)) {
    for (const workload of workloads.filter(one => one.group === group)) {
      const comparison = compare(workload);
      if (!comparison) {
        table.push([workload.name, { colSpan: 9, content: 'not measured on Jogak' }]);
        continue;
      }
      const { ours, timesFloor, bestPython, ratios, threadsGain } = comparison;
      const ratio = (peer: PeerName | 'best-python'): string => {
        const value = ratios[peer];
        return value === undefined ? '' : showRatio(value);
      };
      table.push([
        workload.name,
        group === 'memory'
          ? showMegabytes(ours.peakMemoryBytes)
          : `${showSeconds(ours.seconds.median)}${ours.peer === 'jogak-cpu' ? ' (cpu)' : ''}`,
        timesFloor === null ? '' : showRatio(timesFloor),
        threadsGain === null ? '' : showRatio(threadsGain),
        bestPython ? `${title(bestPython.peer)}, ${showSeconds(bestPython.seconds.median)}` : '',
        ratio('best-python'),
        ratio('tfjs-cpu'),
        ratio('tfjs-wasm'),
        ratio('jax-js'),
        ours.peer === 'jogak-cpu' || !measuredBy(workload, 'jogak-cpu') ? '' : ratio('jogak-cpu'),
      ]);
    }
  }
  return table.toString();
}

/** The machine, and what it reaches at best. */
export function machineLines({ machine, peaks }: Pick<Report, 'machine' | 'peaks'>): string {
  const giga = (value: number): string => (value / 1e9).toFixed(1);
  const pair = ({ one, all }: { one: number; all: number }): string => (peaks.threads === 1 ? giga(one) : `${giga(one)} / ${giga(all)}`);
  return [
    `${machine.processor} (${machine.vectors}), ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${machine.node}, ${machine.platform}`,
    `128-bit SIMD, one thread / ${peaks.threads}: ${pair(peaks.plain)} GFLOP/s plain, ${peaks.relaxed ? `${pair(peaks.relaxed)} GFLOP/s relaxed` : 'no relaxed SIMD'}`,
    `memory: ${pair(peaks.read)} GB/s read, ${pair(peaks.update)} GB/s read and written back`,
  ].join('\n');
}
