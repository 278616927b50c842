import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { csv, padSequences } from '@jogak/datasets';
import type { TextFormat } from '@jogak/models';
import { DataError, textsToSequences } from '@jogak/ops';
import type { RawInput } from './raw-input.js';

/**
 * A text as it was typed, that of a .txt file, or those of a CSV file's text column.
 *
 * @throws {DataError} when the model knows no words, or none of a text
 */
export async function* readTexts(input: string, row: number | undefined, format: TextFormat): AsyncGenerator<RawInput> {
  const { vocabulary, steps } = format;
  if (vocabulary === null)
    throw new DataError(
      'the model reads ids and does not know their words: it was trained where the word index was missing; train it where that is there',
    );
  const wordIndex = new Map(Object.entries(vocabulary));
  for await (const { name, text, at } of textsOf(input, row, format)) {
    const [ids] = textsToSequences([text], wordIndex) as [number[]];
    if (ids.length === 0) throw new DataError(`${name}: the model knows none of its words. It reads texts, and files .txt and .csv`);
    yield { name, ...(at === undefined ? {} : { row: at }), values: padSequences([ids], { maxlen: steps }) };
  }
}

async function* textsOf(
  input: string,
  row: number | undefined,
  { column }: TextFormat,
): AsyncGenerator<{ name: string; text: string; at?: number }> {
  if (/\.txt$/i.test(input) && existsSync(input)) yield { name: input, text: await readFile(input, 'utf8') };
  else if (/\.csv$/i.test(input) && existsSync(input)) {
    let at = 0;
    for await (const { x } of csv(input, { text: column ?? 'text' })) {
      if (row === undefined || row === at) yield { name: `${input}#${at}`, text: x as string, at };
      at++;
    }
    if (at === 0) throw new DataError(`${input} has no rows but the names of its columns`);
    if (row !== undefined && row >= at) throw new DataError(`${input} has rows 0 to ${at - 1}; got ${row}`);
  } else if (/^\S+\.(txt|csv)$/i.test(input))
    throw new DataError(`there is no file ${input}; the model reads texts, .txt files and CSV files`, { code: 'data-missing' });
  else yield { name: JSON.stringify(input.length > 60 ? `${input.slice(0, 59)}…` : input), text: input };
}
