import { parseArgs } from 'node:util';
import { type PeerName, peerNames } from './peers/peers.js';
import { groups, type Workload } from './workloads/workload.js';

/** What the command line asks for. */
export interface Options {
  readonly workloads: readonly Workload[];
  readonly peers: readonly PeerName[];
  readonly rounds: number;
  /** File to write the results to; null for none. */
  readonly json: string | null;
  readonly dataDir: string | null;
  /** Whether to say what there is, and to measure nothing. */
  readonly list: boolean;
  readonly help: boolean;
}

/** A command line that is wrong, and how. */
export class UsageError extends Error {}

export const usage = `npm run bench -- [--only NAME]… [--peers NAME]… [--rounds N] [--data DIR] [--json FILE] [--list]

  --only NAME    a workload, or a group of them; can be repeated (default: all)
  --peers NAME   who takes part; can be repeated, or several with commas between (default: all)
  --rounds N     how often every peer takes its turn (default: 5)
  --data DIR     where IMDB and Fashion-MNIST are (default: JOGAK_DATA_DIR)
  --json FILE    write the results to a file
  --list         say what workloads and peers there are

Python's peers run in JOGAK_BENCH_PYTHON (default: python3); what it lacks is left out, and said.`;

/** @throws {UsageError} for what there is not */
export function parseOptions(given: readonly string[], all: readonly Workload[], env: NodeJS.ProcessEnv): Options {
  const values = parse(given);
  return {
    workloads: values.only === undefined ? all : all.filter(chosenBy(values.only, all)),
    peers: values.peers === undefined ? peerNames : peerNames.filter(chosenPeers(values.peers)),
    rounds: rounds(values.rounds),
    json: values.json ?? null,
    dataDir: values.data ?? env.JOGAK_DATA_DIR ?? null,
    list: values.list,
    help: values.help,
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        only: { type: 'string', multiple: true },
        peers: { type: 'string', multiple: true },
        rounds: { type: 'string', default: '5' },
        data: { type: 'string' },
        json: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function chosenBy(names: readonly string[], all: readonly Workload[]): (workload: Workload) => boolean {
  for (const name of names) {
    if (!(name in groups) && !all.some(workload => workload.name === name))
      throw new UsageError(
        `there is no workload and no group "${name}"; groups are ${Object.keys(groups).join(', ')}; --list names all workloads`,
      );
  }
  return ({ name, group }) => names.includes(name) || names.includes(group);
}

function chosenPeers(lists: readonly string[]): (peer: PeerName) => boolean {
  const names = lists.flatMap(list => list.split(','));
  for (const name of names) {
    if (!(peerNames as readonly string[]).includes(name))
      throw new UsageError(`there is no peer "${name}"; there are: ${peerNames.join(', ')}`);
  }
  return peer => names.includes(peer);
}

function rounds(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`--rounds must be a whole number, 1 or more; got "${value}"`);
  return number;
}
