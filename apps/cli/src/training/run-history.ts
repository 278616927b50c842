import { readFile } from 'node:fs/promises';
import { DataError, FormatError } from '@jogak/ops';
import { z } from 'zod';

const schema = z.object({
  epoch: z.array(z.int()),
  history: z.record(z.string(), z.array(z.number())),
});

/** The figures of a run's epochs, counted from 1: what history.json holds. */
export type RunHistory = z.infer<typeof schema>;

/**
 * Reads a history.json.
 *
 * @throws {DataError} `data-missing` when there is none
 * @throws {FormatError} when it is something else
 */
export async function readHistory(path: string): Promise<RunHistory> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      throw new DataError(`there is no ${path}: name the folder of a run, as jogak train makes it`, { code: 'data-missing' });
    if (error instanceof SyntaxError) throw new FormatError(`${path} is truncated or corrupted: it is not JSON`);
    throw error;
  }
  const result = schema.safeParse(content);
  if (!result.success || Object.values(result.data.history).some(values => values.length !== result.data.epoch.length))
    throw new FormatError(
      `${path} is no history of a run: expected {"epoch": [1, …], "history": {"loss": […], …}}, all lists equally long`,
    );
  return result.data;
}
