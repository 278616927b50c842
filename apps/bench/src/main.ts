// `npm run bench`: the same work on Jogak and on its peers, in one run.
import { writeFileSync } from 'node:fs';
import { setBackend } from '@jogak/ops';
import { FileStore } from './data/file-store.js';
import { floor, operations } from './floor/cost.js';
import { measurePeaks } from './machine/meter.js';
import { describeMachine } from './machine/processor.js';
import { type Options, parseOptions, UsageError, usage } from './options.js';
import { missing } from './peers/commands.js';
import { type PeerName, peers } from './peers/peers.js';
import { type Report, reportSchema, type WorkloadReport } from './report/report.js';
import { machineLines, summaryTable, workloadTable } from './report/table.js';
import { type MeasureOptions, measureRounds } from './run/measure.js';
import { measureMemory } from './run/measure-memory.js';
import { measureStart } from './run/measure-start.js';
import { groups, type Workload, workloads } from './workloads/index.js';

const methods = { rounds: measureRounds, 'start-up': measureStart, memory: measureMemory } as const;

/** Runs what the options ask for. */
async function run(options: Options): Promise<void> {
  const machine = describeMachine();
  // This process only makes data and first weights.
  await setBackend('cpu');
  for (const peer of options.peers) {
    const reason = missing(peer);
    if (reason !== null) console.log(`Without ${peers[peer].title}: ${reason}`);
  }
  const peaks = await measurePeaks(machine.cores);
  console.log(machineLines({ machine, peaks }));
  const files = new FileStore();
  const report: Report = { version: 1, date: new Date().toISOString(), machine, peaks, rounds: options.rounds, workloads: [] };
  // Data are where they are said to be; drivers are told, and look nowhere else.
  delete process.env.JOGAK_DATA_DIR;
  const measureOptions: MeasureOptions = { rounds: options.rounds, cores: machine.cores, dataDir: options.dataDir, onProgress: progress };
  try {
    for (const workload of options.workloads) {
      const names = options.peers.filter(peer => workload.peers === null || workload.peers.includes(peer));
      if (names.length === 0) continue;
      const result = await measure(workload, names, peaks, files, measureOptions);
      report.workloads.push(result);
      console.log(`\n${workloadTable(result)}`);
      // After every workload: a run that is stopped has written what it has.
      if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(reportSchema.parse(report), null, 2)}\n`);
    }
  } finally {
    files.remove();
  }
  console.log(`\n${summaryTable(report)}`);
}

async function measure(
  workload: Workload,
  names: readonly PeerName[],
  peaks: Report['peaks'],
  files: FileStore,
  options: MeasureOptions,
): Promise<WorkloadReport> {
  const prepared = await workload.prepare({ files, dataDir: options.dataDir });
  const results = await methods[workload.method](workload, prepared, names, options);
  const { name, group, title, per, units, cost } = workload;
  return {
    ...{ name, group, title, per, units, data: prepared.data },
    operations: cost && operations(cost),
    bytes: cost?.bytes ?? null,
    floor: cost && floor(cost, peaks),
    peers: results as WorkloadReport['peers'],
  };
}

/** On a terminal, a line that the next one replaces. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

function list(): void {
  for (const [group, meaning] of Object.entries(groups)) {
    console.log(`\n${group}: ${meaning}`);
    for (const { name, title } of workloads.filter(workload => workload.group === group)) console.log(`  ${name.padEnd(32)} ${title}`);
  }
  console.log('\npeers:');
  for (const [name, { title }] of Object.entries(peers)) console.log(`  ${name.padEnd(32)} ${title}`);
}

try {
  const options = parseOptions(process.argv.slice(2), workloads, process.env);
  if (options.help) console.log(usage);
  else if (options.list) list();
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
