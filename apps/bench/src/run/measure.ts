import { setTimeout as sleep } from 'node:timers/promises';
import { missing, peerCommand } from '../peers/commands.js';
import { Driver } from '../peers/driver.js';
import { type PeerName, peers, threadChoices } from '../peers/peers.js';
import type { Prepared, Ran } from '../protocol.js';
import { type Spread, spread } from '../statistics.js';
import type { PreparedTask, Workload } from '../workloads/index.js';

/** How a peer did. */
export type PeerResult = Measured | Unable;

/** A peer that could not take part, and why. */
export interface Unable {
  readonly peer: PeerName;
  readonly cannot: string;
}

/** What a peer took for a workload. */
export interface Measured {
  readonly peer: PeerName;
  readonly engine: string;
  /** Null where the engine chose by itself. */
  readonly threads: number | null;
  /** Seconds of one of what the workload's figures are of. */
  readonly seconds: Spread;
  readonly rounds: number;
  /** Units that a round had. Fewer than the workload's mean that the rest is extrapolated. */
  readonly unitsTimed: number;
  readonly extrapolated: boolean;
  readonly parameters: number | null;
  readonly check: readonly number[];
  readonly peakMemoryBytes: number;
  readonly note: string | null;
}

export interface MeasureOptions {
  readonly rounds: number;
  readonly cores: number;
  readonly dataDir: string | null;
  /** Is told what goes on. */
  readonly onProgress: (line: string) => void;
}

/** Seconds that a round should take, of short units. */
const ROUND = 0.4;
/** An epoch that takes longer is not run whole. */
const WHOLE = 12;
/** Seconds of those steps that are run of it. */
const PART = 4;
/** A single unit that takes longer is run once, and not repeated. */
const SLOW = 5;
/** Seconds of a peer's work before a round that counts, unless the workload has its own: while others had their turns, engines have dropped compiled code. */
const WARM_UP = 2;
/** Pause between two peers, in milliseconds: threads that spin for more work go to sleep. */
const PAUSE = 30;

/** A peer that is ready to run rounds. */
interface Entrant {
  readonly peer: PeerName;
  readonly driver: Driver;
  readonly threads: number | null;
  readonly prepared: Exclude<Prepared, { cannot: string }>;
  readonly units: number;
  /** Seconds of a unit, as first measured. */
  readonly estimate: number;
  readonly peakMemoryBytes: number;
}

/** Measures a workload: gets all peers ready, and lets them take turns. */
export async function measureRounds(
  workload: Workload,
  { task }: PreparedTask,
  names: readonly PeerName[],
  options: MeasureOptions,
): Promise<PeerResult[]> {
  const results = new Map<PeerName, PeerResult>();
  const entrants: Entrant[] = [];
  const times = new Map<PeerName, number[]>();
  try {
    for (const peer of names) {
      const entrant = await enter(workload, task, peer, options);
      if ('cannot' in entrant) results.set(peer, entrant);
      else entrants.push(entrant);
    }
    for (const { peer, estimate } of entrants) times.set(peer, estimate >= SLOW ? [estimate] : []);
    for (let round = 0; round < options.rounds; round++) {
      for (const { peer, driver, units, estimate } of entrants) {
        if (estimate >= SLOW || results.has(peer)) continue;
        await sleep(PAUSE);
        try {
          const run = (): Promise<Ran> => driver.ask<Ran>({ do: 'run', units });
          for (let spent = 0; spent < (workload.warmUp ?? WARM_UP); ) spent += (await run()).seconds;
          const { seconds } = await run();
          times.get(peer)?.push(seconds / units);
        } catch (error) {
          results.set(peer, failed(peer, error));
        }
      }
    }
    for (const entrant of entrants.filter(({ peer }) => !results.has(peer)))
      results.set(entrant.peer, await conclude(workload, entrant, times.get(entrant.peer) as number[]));
  } finally {
    for (const { driver } of entrants) await driver.end();
  }
  return names.map(peer => results.get(peer) as PeerResult);
}

async function conclude(workload: Workload, entrant: Entrant, times: readonly number[]): Promise<Measured> {
  const { peer, threads, units, prepared, driver, estimate } = entrant;
  // A last unit tells the most memory the process has ever had.
  const { peakMemoryBytes } = estimate >= SLOW ? entrant : await driver.ask<Ran>({ do: 'run', units: 1 });
  return {
    peer,
    engine: prepared.engine,
    threads,
    seconds: spread(times.map(time => time * workload.units)),
    rounds: times.length,
    unitsTimed: units,
    extrapolated: units < workload.units,
    parameters: prepared.parameters,
    check: prepared.check,
    peakMemoryBytes,
    note: prepared.note,
  };
}

/** Gets a peer ready, with the thread count that suits it best. */
async function enter(workload: Workload, task: PreparedTask['task'], peer: PeerName, options: MeasureOptions): Promise<Entrant | Unable> {
  const reason = missing(peer);
  if (reason !== null) return { peer, cannot: reason };
  let best: Entrant | null = null;
  for (const threads of threadChoices(peer, options.cores)) {
    const driver = new Driver(peers[peer].title, peerCommand(peer, threads));
    try {
      const prepared = await driver.ask<Prepared>({ do: 'prepare', task, threads, dataDir: options.dataDir });
      if ('cannot' in prepared) {
        await driver.end();
        await best?.driver.end();
        return { peer, cannot: prepared.cannot };
      }
      const pace = await findPace(driver, workload.units, prepared.maxUnits);
      options.onProgress(
        `${peers[peer].title}${threads === null ? '' : `, ${threads} threads`}: ${(pace.estimate * workload.units).toPrecision(3)} s`,
      );
      const entrant: Entrant = { peer, driver, threads, prepared, ...pace };
      const loser: Entrant | null = best !== null && best.estimate <= entrant.estimate ? entrant : best;
      if (best === null || loser === best) best = entrant;
      await loser?.driver.end();
    } catch (error) {
      await driver.end();
      await best?.driver.end();
      return failed(peer, error);
    }
  }
  return best as Entrant;
}

/** A peer that should have been able to, with the beginning of what its process said in one line. */
export function failed(peer: PeerName, error: unknown): Unable {
  const said = error instanceof Error ? error.message : String(error);
  return { peer, cannot: `it failed: ${said.split('\n').slice(0, 4).join(' ')}` };
}

/**
 * Finds how many units a round has. Each number is run once before it counts: engines compile for it.
 *
 * @param whole units of what the workload's figures are of
 * @param most units that the driver can run
 */
async function findPace(
  driver: Driver,
  whole: number,
  most: number | null,
): Promise<{ units: number; estimate: number; peakMemoryBytes: number }> {
  const run = (units: number): Promise<Ran> => driver.ask<Ran>({ do: 'run', units });
  let units = 1;
  let ran = await run(1);
  if (ran.seconds >= SLOW) return { units, estimate: ran.seconds, peakMemoryBytes: ran.peakMemoryBytes };
  ran = await run(1);
  // Ever more units, until they take long enough to tell.
  while (ran.seconds < ROUND / 4 && units < (most ?? (whole > 1 ? whole : Number.POSITIVE_INFINITY))) {
    units = limited(Math.ceil(units * Math.min(16, ROUND / ran.seconds)), whole, most);
    await run(units);
    ran = await run(units);
  }
  const pace = roundUnits(ran.seconds / units, whole, most);
  if (pace !== units) {
    units = pace;
    // A whole epoch is long enough to have warmed up as it goes, and its first run is not counted either.
    ran = await run(units);
    if (ran.seconds < 2 * ROUND) ran = await run(units);
  }
  return { units, estimate: ran.seconds / units, peakMemoryBytes: ran.peakMemoryBytes };
}

/** Units of a round, for what a unit takes: a whole epoch if that is not long, else a part of it; of short things as many as fill a round. */
export function roundUnits(secondsPerUnit: number, whole: number, most: number | null): number {
  const epoch = secondsPerUnit * whole;
  if (whole > 1 && epoch <= WHOLE && (most ?? whole) >= whole) return whole;
  return limited(Math.max(1, Math.round((whole > 1 ? PART : ROUND) / secondsPerUnit)), whole, most);
}

function limited(units: number, whole: number, most: number | null): number {
  return Math.min(units, most ?? Number.POSITIVE_INFINITY, whole > 1 ? whole : Number.POSITIVE_INFINITY);
}
