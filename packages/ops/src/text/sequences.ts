import { DataError } from '../errors.js';
import { integer, nullable, positiveInteger } from '../options/kinds.js';
import { parseOptions } from '../options/option.js';
import { cutIntoWords, type TokenizeOptions, tokenizeOptionTable } from './tokenize.js';
import type { WordIndex } from './vocabulary.js';

/** Options of {@link textsToSequences}. */
export interface SequenceOptions extends TokenizeOptions {
  /** Added to each id of the word index; Keras' IMDB has 3. @default 0 */
  indexFrom?: number;
  /** Ids from here on count as unknown words; null for none. @default null */
  numWords?: number | null;
  /** Ids below count as unknown words: the most frequent ones. @default 0 */
  skipTop?: number;
  /** Stands for an unknown word; null leaves unknown words out. @default null */
  oovId?: number | null;
  /** Stands before each text; null for nothing. @default null */
  startId?: number | null;
}

/**
 * Texts as lists of ids. A word's id is the word index's plus `indexFrom`; a word that the index does not have, or whose id is not
 * in `skipTop ≤ id < numWords`, is unknown, and becomes `oovId` or is left out.
 *
 * With the defaults this is Keras' `Tokenizer.texts_to_sequences`; with `{indexFrom: 3, startId: 1, oovId: 2}` texts are numbered
 * as `keras.datasets.imdb` numbers its reviews.
 *
 * @throws {ConfigError} when an option is wrong or unknown
 */
export function textsToSequences(texts: Iterable<string>, wordIndex: WordIndex, options: SequenceOptions = {}): number[][] {
  const table = {
    ...tokenizeOptionTable,
    indexFrom: integer(0, { min: 0 }),
    numWords: nullable(positiveInteger()),
    skipTop: integer(0, { min: 0 }),
    oovId: nullable(integer(undefined, { min: 0 })),
    startId: nullable(integer(undefined, { min: 0 })),
  };
  const config = parseOptions<Required<SequenceOptions>>(table, options, 'textsToSequences');
  const { indexFrom, numWords, skipTop, oovId, startId } = config;

  const idOf = (word: string): number | null => {
    const index = wordIndex.get(word);
    if (index === undefined) return oovId;
    const id = index + indexFrom;
    return id >= skipTop && id < (numWords ?? Number.POSITIVE_INFINITY) ? id : oovId;
  };
  return Array.from(texts, text => {
    const ids = cutIntoWords(text, config).map(idOf);
    return (startId === null ? ids : [startId, ...ids]).filter(id => id !== null);
  });
}

/** Options of {@link sequencesToTexts}. */
export interface SequenceTextOptions {
  /** What was added to each id of the word index. @default 0 */
  indexFrom?: number;
  /** Words of ids that are not in the index, as those for padding, start and unknown words. @default none */
  markers?: ReadonlyMap<number, string>;
}

/**
 * Lists of ids as texts, the words with a space between: the way back from {@link textsToSequences}.
 *
 * @throws {DataError} for an id that neither the word index nor `markers` has
 */
export function sequencesToTexts(
  sequences: Iterable<Iterable<number>>,
  wordIndex: WordIndex,
  { indexFrom = 0, markers = new Map() }: SequenceTextOptions = {},
): string[] {
  const words = new Map<number, string>(markers);
  for (const [word, index] of wordIndex) words.set(index + indexFrom, word);
  return Array.from(sequences, (ids, row) =>
    Array.from(ids, id => {
      const word = words.get(id);
      if (word === undefined)
        throw new DataError(`sequence ${row} has the id ${id}, which is no word's; name it in markers, or check indexFrom (${indexFrom})`);
      return word;
    }).join(' '),
  );
}
