import { csv } from '@jogak/datasets';
import type { TableFormat } from '@jogak/models';
import { DataError, type HostArray, hostArray } from '@jogak/ops';
import { readInput, splitRow } from './input-file.js';
import type { RawInput } from './raw-input.js';

/** The rows of a CSV file, or one of them. @throws {DataError} when there is no such file, column or row, or a cell is no number */
export async function* readTables(input: string, givenRow: number | undefined, { columns }: TableFormat): AsyncGenerator<RawInput> {
  const { path, row } = splitRow(input, givenRow);
  await readInput(path, 'rows of CSV files');
  let at = 0;
  for await (const { x } of csv(path, { columns })) {
    const { data, shape } = x as HostArray;
    if (row === undefined || row === at) yield { name: `${path}#${at}`, row: at, values: hostArray(data, [1, ...shape]) };
    at++;
  }
  if (at === 0) throw new DataError(`${path} has no rows but the names of its columns`);
  if (row !== undefined && row >= at) throw new DataError(`${path} has rows 0 to ${at - 1}; got ${row}`);
}
