import { missing, peerCommand } from '../peers/commands.js';
import { Driver } from '../peers/driver.js';
import { type PeerName, peers, threadChoices } from '../peers/peers.js';
import type { Prepared, Ran } from '../protocol.js';
import { spread } from '../statistics.js';
import type { PreparedTask, Workload } from '../workloads/index.js';
import { failed, type MeasureOptions, type PeerResult } from './measure.js';

/** Trains through all epochs, once, and asks for the most memory that the process ever had. */
export async function measureMemory(
  workload: Workload,
  { task }: PreparedTask,
  names: readonly PeerName[],
  { cores, dataDir }: MeasureOptions,
): Promise<PeerResult[]> {
  const results: PeerResult[] = [];
  for (const peer of names) {
    const reason = missing(peer);
    if (reason !== null) {
      results.push({ peer, cannot: reason });
      continue;
    }
    const threads = threadChoices(peer, cores).at(-1) as number | null;
    const driver = new Driver(peers[peer].title, peerCommand(peer, threads));
    try {
      const prepared = await driver.ask<Prepared>({ do: 'prepare', task, threads, dataDir });
      if ('cannot' in prepared) {
        results.push({ peer, cannot: prepared.cannot });
        continue;
      }
      const { seconds, peakMemoryBytes } = await driver.ask<Ran>({ do: 'run', units: workload.units });
      const { engine, parameters, check, note } = prepared;
      const shared = { peer, engine, threads, rounds: 1, unitsTimed: workload.units, extrapolated: false };
      results.push({ ...shared, seconds: spread([seconds]), parameters, check, peakMemoryBytes, note });
    } catch (error) {
      results.push(failed(peer, error));
    } finally {
      await driver.end();
    }
  }
  return results;
}
