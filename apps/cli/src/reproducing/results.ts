import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@jogak/ops';
import { z } from 'zod';
import { replaceFile } from '../training/run-folder.js';

export const resultsName = 'results.json';

const machine = z.object({ processor: z.string(), cores: z.int(), backend: z.string(), threads: z.int(), node: z.string() });

const runResult = z.object({
  recipe: z.string(),
  seed: z.int(),
  /** Validation accuracy after every epoch; the last one is the run's result. */
  validation: z.array(z.number()).min(1),
  /** Accuracy on the test part after the last epoch; null where the data have none. */
  test: z.number().nullable(),
  /** Median of the epochs, validation included; null where all of them were trained before this was measured. */
  secondsPerEpoch: z.number().nullable(),
  machine,
  /** The day it was finished: `2026-01-31`. */
  date: z.string(),
});

const schema = z.object({ version: z.literal(1), runs: z.array(runResult) });

/** What a finished run came to. */
export type RunResult = z.infer<typeof runResult>;

/**
 * What results.json in a folder has; null when there is none.
 *
 * @throws {FormatError} when it is something else
 */
export async function readResults(folder: string): Promise<RunResult[] | null> {
  const path = join(folder, resultsName);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (error instanceof SyntaxError) throw new FormatError(`${path} is truncated or corrupted: it is not JSON`);
    throw error;
  }
  const result = schema.safeParse(content);
  if (!result.success) throw new FormatError(`${path} holds no results of jogak reproduce, or those of another version of it`);
  return result.data.runs;
}

/** Writes results.json, a run a line. */
export async function writeResults(folder: string, runs: readonly RunResult[]): Promise<void> {
  const lines = runs.map(run => JSON.stringify(run)).join(',\n');
  await replaceFile(join(folder, resultsName), `{"version": 1, "runs": [\n${lines}\n]}\n`);
}
