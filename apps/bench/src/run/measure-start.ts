import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { bareCommand, missing, peerCommand } from '../peers/commands.js';
import { Driver } from '../peers/driver.js';
import { type PeerName, peers, threadChoices } from '../peers/peers.js';
import type { Prepared, Ran, Task } from '../protocol.js';
import { spread } from '../statistics.js';
import type { PreparedTask, Workload } from '../workloads/index.js';
import { failed, type MeasureOptions, type PeerResult } from './measure.js';

/**
 * Measures from the start of a process to the end of its first two training steps, which preparing takes for its check, less what a process takes that does
 * nothing. Peers take turns.
 */
export async function measureStart(
  _workload: Workload,
  { task }: PreparedTask,
  names: readonly PeerName[],
  options: MeasureOptions,
): Promise<PeerResult[]> {
  const results = new Map<PeerName, PeerResult>();
  const seconds = new Map<PeerName, number[]>(names.map(peer => [peer, []]));
  // The first round fills the file system's caches, and does not count.
  for (let round = -1; round < options.rounds; round++) {
    for (const peer of names.filter(name => !results.has(name) || 'engine' in (results.get(name) as PeerResult))) {
      const reason = missing(peer);
      const started = reason === null ? await start(peer, task, options) : { peer, cannot: reason };
      results.set(peer, started);
      if ('engine' in started && round >= 0) seconds.get(peer)?.push(started.seconds.median - (await bare(peer)));
    }
    if (round === -1) options.onProgress('all peers started once');
  }
  return names.map(peer => {
    const result = results.get(peer) as PeerResult;
    return 'cannot' in result ? result : { ...result, seconds: spread(seconds.get(peer) as number[]), rounds: options.rounds };
  });
}

async function start(peer: PeerName, task: Task, { cores, dataDir }: MeasureOptions): Promise<PeerResult> {
  const threads = threadChoices(peer, cores).at(-1) as number | null;
  const driver = new Driver(peers[peer].title, peerCommand(peer, threads));
  try {
    const prepared = await driver.ask<Prepared>({ do: 'prepare', task, threads, dataDir });
    if ('cannot' in prepared) return { peer, cannot: prepared.cannot };
    const seconds = (performance.now() - driver.started) / 1000;
    const { peakMemoryBytes } = await driver.ask<Ran>({ do: 'run', units: 1 });
    const { engine, parameters, check, note } = prepared;
    const shared = { peer, engine, threads, rounds: 1, unitsTimed: 1, extrapolated: false };
    return { ...shared, seconds: spread([seconds]), parameters, check, peakMemoryBytes, note };
  } catch (error) {
    return failed(peer, error);
  } finally {
    await driver.end();
  }
}

/** Seconds of a process that does nothing. */
async function bare(peer: PeerName): Promise<number> {
  const { file, arguments: given } = bareCommand(peer);
  const begun = performance.now();
  const child: ChildProcess = spawn(file, [...given], { stdio: 'ignore' });
  await once(child, 'close');
  return (performance.now() - begun) / 1000;
}
