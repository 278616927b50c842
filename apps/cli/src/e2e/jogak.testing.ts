import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/jogak.js', import.meta.url));
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** What a run of the program left. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** How the program is run. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with all of stdout so far, whenever there is more. */
  onOutput?: (out: string, child: ChildProcess) => void;
  /** A shell's command to run before the program takes the shell's place: `ulimit -f 300`. */
  shell?: string;
}

/** Runs the built program as a process of its own, as users do. @throws when it was not built */
export function jogak(args: readonly string[], { cwd, env, onOutput, shell }: RunOptions = {}): Promise<Finished> {
  if (!existsSync(main))
    throw new Error(
      'the tests run the built program, and apps/cli/dist is missing: build it first (npm test does, or npx tsc -b apps/cli)',
    );
  const command =
    shell === undefined ? [process.execPath, bin, ...args] : ['sh', '-c', `${shell}; exec "$@"`, 'sh', process.execPath, bin, ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    cwd,
    env: { ...process.env, NO_COLOR: '1', JOGAK_DEBUG: '', JOGAK_DATA_DIR: '', JOGAK_THREADS: '2', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    onOutput?.(out, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** The JSON events of an output, one a line. */
export const events = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);

/** A folder for a file's tests, gone after them. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jogak-cli-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether this system has a shell with limits, and signals: Windows has neither. */
export const isPosix: boolean = process.platform !== 'win32';
