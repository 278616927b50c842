import { DataError } from '@jogak/ops';
import type { ParseResult } from 'papaparse';
import { nameOf, type TextSource, textOf } from './text-stream.js';

/** A line of a table: its number, from 1, the header's included, and its cells. */
export interface CsvRecord {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Longest record; a quote that is never closed would make one of the rest of the file. */
const longestRecord = 2 ** 24;

/**
 * The records of a CSV text (RFC 4180), streamed: quoted cells may hold delimiters, quotes and line ends. Empty lines are passed over.
 *
 * @throws {DataError} on a quote that is not closed or not doubled, naming the row.
 */
export async function* csvRecords(source: TextSource, delimiter: string): AsyncGenerator<CsvRecord> {
  // Not before there is a table to read: most programs read none.
  const { default: Papa } = await import('papaparse');
  let row = 0;
  let rest = '';
  let newline: '\r\n' | '\n' | '\r' | undefined;
  function* records(last: boolean): Generator<CsvRecord> {
    newline ??= lineEnd(rest);
    const parser = new Papa.Parser({ delimiter, newline });
    const { data, errors, meta } = parser.parse(rest, 0, !last) as ParseResult<string[]>;
    const [error] = errors;
    if (error) throw new DataError(`${nameOf(source)}, row ${row + 1 + (error.row ?? 0)}: ${error.message.toLowerCase()}`);
    for (const cells of data) {
      row++;
      if (cells.length > 1 || cells[0] !== '') yield { row, cells };
    }
    rest = last ? '' : rest.slice(meta.cursor);
    if (rest.length > longestRecord)
      throw new DataError(`${nameOf(source)}, row ${row + 1} is longer than ${longestRecord} characters: is a quote not closed?`);
  }
  for await (const text of textOf(source)) {
    rest += text;
    // A line end may be cut in two between one piece and the next.
    if (newline === undefined && !/[\r\n]./s.test(rest)) continue;
    yield* records(false);
  }
  if (rest !== '') yield* records(true);
}

function lineEnd(text: string): '\r\n' | '\n' | '\r' {
  const found = /\r\n|\n|\r/.exec(text)?.[0];
  return (found ?? '\n') as '\r\n' | '\n' | '\r';
}
