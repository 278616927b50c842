import { options as config, DataError, FormatError, isHostArray, permutation, randomKey, takeRows } from '@jogak/ops';
import { type NpzFile, readNpz } from '../formats/npz.js';
import type { ListReviver } from '../formats/pickle.js';
import { readDataFile, withRemedy } from '../load/data-files.js';
import { type LoadOptions, parseLoadOptions } from '../load/load-options.js';
import { imdbDataSet, reviewsFile, wordIndexFile } from './imdb-files.js';
import { classLabels, type LabeledTexts } from './labeled-texts.js';
import { RaggedArray } from './ragged.js';

/** Options of {@link Imdb.loadData}: Keras' own, in camelCase. */
export interface ImdbOptions extends LoadOptions {
  /** Ids from here on are out of vocabulary; null for all words. @default null */
  numWords?: number | null;
  /** Ids below this one are out of vocabulary. @default 0 */
  skipTop?: number;
  /** Only reviews shorter than this, start mark included, are kept; null for all. @default null */
  maxlen?: number | null;
  /** Seed of the order of the reviews. @default 113 */
  seed?: number;
  /** Id that every review begins with; null for none. @default 1 */
  startChar?: number | null;
  /** Id of words that are out of vocabulary; null to drop them. @default 2 */
  oovChar?: number | null;
  /** What is added to a word's rank, which begins at 1, to make its id. @default 3 */
  indexFrom?: number;
}

/** Options of {@link Imdb.decode}. */
export interface ImdbDecodeOptions {
  /** What {@link Imdb.getWordIndex} gave. */
  wordIndex: ReadonlyMap<string, number>;
  /** As in `loadData`. @default 1 */
  startChar?: number | null;
  /** As in `loadData`. @default 2 */
  oovChar?: number | null;
  /** As in `loadData`. @default 3 */
  indexFrom?: number;
}

/** The reviews as {@link Imdb.loadData} returns them. */
export interface ImdbData {
  readonly train: LabeledTexts;
  readonly test: LabeledTexts;
  readonly classNames: readonly string[];
}

/** The loader {@link imdb}. */
export interface Imdb {
  /** What labels 0 and 1 mean. */
  readonly classNames: readonly string[];
  /**
   * Loads 25,000 reviews to train with and 25,000 to test with, half of them positive: `x` their words' ids, by frequency, and `y` `uint8 [25000]`.
   *
   * The ids are Keras' (rank + 3; 1 starts a review, 2 is out of vocabulary), and so are the options and their order of application, with two
   * differences: without `numWords` no word is out of vocabulary (Keras drops the very last), and the order comes from Jogak's own generator.
   *
   * @throws {DataError} when the file is missing (`data-missing`), cannot be had (`download`), or `maxlen` leaves no review
   * @throws {FormatError} when it is truncated, corrupted or something else.
   */
  loadData(options?: ImdbOptions): Promise<ImdbData>;
  /** Ranks of the 88,584 words, 1 for the most frequent. Add `indexFrom` for the ids of `loadData`. Throws as `loadData` does. */
  getWordIndex(options?: LoadOptions): Promise<ReadonlyMap<string, number>>;
  /**
   * Words of a review's ids, `[START]` and `[OOV]` among them; padding (id 0) is left out.
   *
   * @throws {DataError} on an id that stands for nothing.
   */
  decode(ids: ArrayLike<number>, options: ImdbDecodeOptions): string[];
}

const classNames = ['negative', 'positive'] as const;

const idTable = {
  startChar: config.nullable(config.integer(1, { min: 0 })),
  oovChar: config.nullable(config.integer(2, { min: 0 })),
  indexFrom: config.integer(3, { min: 0 }),
};

type OwnOptions = Required<Omit<ImdbOptions, keyof LoadOptions>>;

const table: config.OptionTable<OwnOptions> = {
  ...idTable,
  numWords: config.nullable(config.positiveInteger()),
  skipTop: config.integer(0, { min: 0 }),
  maxlen: config.nullable(config.positiveInteger()),
  seed: config.integer(113, { min: 0 }),
};

/**
 * A part in the order of `seed`. Reviews get their ids, and are made small, as soon as each is read: a list takes eight bytes a word and more, and the
 * words that are dropped never pile up.
 */
function readPart(file: NpzFile, part: 'train' | 'test', path: string, options: OwnOptions): LabeledTexts {
  const texts = file.read(`x_${part}`, numbering(options));
  const labels = file.read(`y_${part}`);
  if (texts.dtype !== 'object' || !texts.values.every(isReview) || !isHostArray(labels))
    throw new FormatError(`${path} is not Keras' imdb.npz: x_${part} holds no lists of words, or y_${part} no labels`);
  const reviews = texts.values as Review[];
  const y = classLabels(labels, reviews.length, classNames.length, `${part} in ${path}`);
  const kept = permutation(randomKey(options.seed, 'imdb', part), reviews.length).filter(index => reviews[index] !== tooLong);
  if (kept.length === 0) throw new DataError(`imdb: no review of the ${part} part is shorter than maxlen ${options.maxlen}; increase it`);
  return { x: RaggedArray.from(Array.from(kept, index => reviews[index] as Int32Array)), y: takeRows(y, kept) };
}

/** A review's ids, or that it is not wanted. */
type Review = Int32Array | typeof tooLong;

const tooLong = Symbol('too long');

const isReview = (value: unknown): value is Review => value instanceof Int32Array || value === tooLong;

/** Makes ids of a review's ranks; what is no list of integers stays what it is. */
function numbering({ numWords, skipTop, maxlen, startChar, oovChar, indexFrom }: OwnOptions): ListReviver {
  const known = (id: number): number | null => (id >= skipTop && (numWords === null || id < numWords) ? id : oovChar);
  const begins = startChar === null ? [] : [known(startChar)].filter(id => id !== null);
  let ids = new Int32Array(0);
  return ranks => {
    if (!ranks.every(Number.isInteger)) return ranks;
    if (maxlen !== null && ranks.length + (startChar === null ? 0 : 1) >= maxlen) return tooLong;
    if (ids.length <= ranks.length) ids = new Int32Array(2 * ranks.length + 1);
    ids.set(begins);
    let end = begins.length;
    for (const rank of ranks as readonly number[]) {
      const id = known(rank + indexFrom);
      if (id !== null) ids[end++] = id;
    }
    return ids.slice(0, end);
  };
}

/**
 * The Large Movie Review Dataset: 50,000 reviews of films, positive or negative (Maas, Daly, Pham, Huang, Ng and Potts, "Learning word vectors for
 * sentiment analysis", 2011), as Keras publishes it.
 */
export const imdb: Imdb = {
  classNames,

  async loadData(options = {}) {
    const parsed = parseLoadOptions(options, 'imdb.loadData', table);
    return withRemedy(imdbDataSet, parsed, async () => {
      const { bytes, where } = await readDataFile(imdbDataSet, reviewsFile, parsed);
      const file = readNpz(bytes, where);
      return { train: readPart(file, 'train', where, parsed), test: readPart(file, 'test', where, parsed), classNames };
    });
  },

  async getWordIndex(options = {}) {
    const parsed = parseLoadOptions(options, 'imdb.getWordIndex');
    return withRemedy(imdbDataSet, parsed, async () => {
      const { bytes, where } = await readDataFile(imdbDataSet, wordIndexFile, parsed);
      return parseWordIndex(bytes, where);
    });
  },

  decode(ids, options) {
    const { wordIndex, ...idOptions } = options;
    const { startChar, oovChar, indexFrom } = config.parseOptions(idTable, idOptions, 'imdb.decode');
    const words = wordsByRank(wordIndex);
    return Array.from(ids)
      .filter(id => id !== 0)
      .map(id => {
        if (id === startChar) return '[START]';
        if (id === oovChar) return '[OOV]';
        const word = words[id - indexFrom];
        if (word === undefined)
          throw new DataError(`imdb.decode: id ${id} stands for no word; they go from ${indexFrom + 1} to ${indexFrom + words.length - 1}`);
        return word;
      });
  },
};

function parseWordIndex(bytes: Uint8Array, where: string): ReadonlyMap<string, number> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new FormatError(`${where} is truncated or corrupted: it is not JSON (${(error as Error).message})`, { cause: error });
  }
  const entries = Object.entries(json ?? {});
  if (entries.length === 0 || !entries.every(([, rank]) => Number.isInteger(rank) && rank > 0))
    throw new FormatError(`${where} is no word index: expected a JSON object of words and their ranks`);
  return new Map(entries as [string, number][]);
}

const inverted = new WeakMap<ReadonlyMap<string, number>, string[]>();

/** Words by rank; kept, as texts are decoded one by one. */
function wordsByRank(wordIndex: ReadonlyMap<string, number>): string[] {
  let words = inverted.get(wordIndex);
  if (!words) {
    words = [];
    for (const [word, rank] of wordIndex) words[rank] = word;
    inverted.set(wordIndex, words);
  }
  return words;
}
