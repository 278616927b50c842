import { readFile, stat } from 'node:fs/promises';
import { csv, padSequences } from '@jogak/datasets';
import type { TextFormat } from '@jogak/models';
import { DataError, textsToSequences } from '@jogak/ops';
import { splitRow } from './input-file.js';
import type { RawInput } from './raw-input.js';

/**
 * A text as it was typed, those of a CSV file's text column, or that of any other file.
 *
 * @throws {DataError} when the model knows no words, or none of a text, or a file is no text
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
    if (ids.length === 0) throw new DataError(`${name}: the model knows none of its words. It reads ${readable}`);
    yield { name, ...(at === undefined ? {} : { row: at }), values: padSequences([ids], { maxlen: steps }) };
  }
}

async function* textsOf(
  input: string,
  givenRow: number | undefined,
  { column }: TextFormat,
): AsyncGenerator<{ name: string; text: string; at?: number }> {
  const { path, row } = splitRow(input, givenRow);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() && /\.csv$/i.test(path)) {
    let at = 0;
    for await (const { x } of csv(path, { text: column ?? 'text' })) {
      if (row === undefined || row === at) yield { name: `${path}#${at}`, text: x as string, at };
      at++;
    }
    if (at === 0) throw new DataError(`${path} has no rows but the names of its columns`);
    if (row !== undefined && row >= at) throw new DataError(`${path} has rows 0 to ${at - 1}; got ${row}`);
  } else if (found?.isFile()) yield { name: path, text: decode(await readFile(path), path) };
  // One word that is a folder's name, too, may be a text.
  else if (found?.isDirectory() && /[/\\]/.test(path)) throw new DataError(`${path} is a folder; the model reads ${readable}`);
  else if (/^\S+\.(txt|csv)$/i.test(path))
    throw new DataError(`there is no file ${path}; the model reads ${readable}`, { code: 'data-missing' });
  else yield { name: JSON.stringify(input.length > 60 ? `${input.slice(0, 59)}…` : input), text: input };
}

const readable = 'texts, text files and CSV files';

/** @throws {DataError} for bytes that are no text in UTF-8 */
function decode(bytes: Uint8Array, path: string): string {
  try {
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Told below, with what is no text for its zeros.
  }
  throw new DataError(`${path} is no text in UTF-8; the model reads ${readable}`);
}
