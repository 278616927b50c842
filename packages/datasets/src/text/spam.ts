import { options as config, DataError, FormatError, type HostArray } from '@jogak/ops';
import { parseIdx } from '../formats/idx.js';
import { type FoundFile, readGivenFile, withRemedy } from '../load/data-files.js';
import type { DataSet } from '../load/data-set.js';
import { type LoadOptions, parseLoadOptions } from '../load/load-options.js';
import { classLabels, type LabeledTexts } from './labeled-texts.js';
import { RaggedArray } from './ragged.js';

/** Options of {@link SpamLoader.loadData}. */
export interface SpamOptions extends Pick<LoadOptions, 'source' | 'dataDir' | 'signal'> {
  /** Words from this id on are dropped; null for none. @default null */
  numWords?: number | null;
}

/** Mails as the numbers of their words. */
export interface SpamData extends LabeledTexts {
  /** What labels 0 and 1 mean: ham and spam. */
  readonly classNames: readonly string[];
  /** Words by id; `''` for id 0, which is padding. */
  readonly vocabulary: readonly string[];
  /** Ids by word. */
  readonly wordIndex: ReadonlyMap<string, number>;
}

/** The loader {@link spam}. */
export interface SpamLoader {
  readonly classNames: readonly string[];
  /**
   * Loads the mails, in mixed order: `x` ids from 1, the most frequent word, to 1,000; `y` `uint8 [4000]`, 1 for spam.
   *
   * @throws {DataError} `data-missing` without a `source` or folder, or when it has not the files
   * @throws {FormatError} when a file is truncated, corrupted or something else.
   */
  loadData(options?: SpamOptions): Promise<SpamData>;
}

/** The mails, which nobody but `@jogak/samples` publishes in this form. */
export const spamDataSet: DataSet = {
  name: 'spam',
  title: 'SpamAssassin mails',
  license: 'PDDL-1.0 AND CC0-1.0',
  homepage: 'https://github.com/stdlib-js/datasets-spam-assassin',
  files: [],
  sample: 'spamSample',
};

const classNames = ['ham', 'spam'] as const;

async function readFile(name: string, options: LoadOptions): Promise<FoundFile> {
  const found = await readGivenFile(spamDataSet, name, options);
  if (!found)
    throw new DataError(
      'spam: these mails come from the sample alone; use --sample, or loadData({ source: spamSample }) with spamSample of @jogak/samples',
      {
        code: 'data-missing',
      },
    );
  return found;
}

async function readNumbers(name: string, dtype: HostArray['dtype'], options: LoadOptions): Promise<HostArray> {
  const { bytes, where } = await readFile(name, options);
  const array = parseIdx(bytes, where);
  if (array.dtype !== dtype || array.shape.length !== 1)
    throw new FormatError(`${where} holds ${array.dtype} [${array.shape.join(', ')}]; expected ${dtype} [n]`);
  return array;
}

/** Mails from the ids of all of them and the number of words of each. */
function cutUp(ids: HostArray, lengths: HostArray, words: number): RaggedArray {
  const offsets = new Uint32Array(lengths.data.length + 1);
  for (let i = 0; i < lengths.data.length; i++) offsets[i + 1] = (offsets[i] as number) + Number(lengths.data[i]);
  const bad = (ids.data as Int16Array).findIndex(id => id < 1 || id > words);
  if (bad >= 0) throw new DataError(`spam: word ${bad} of all mails has the id ${ids.data[bad]}; the vocabulary has ids 1 to ${words}`);
  return new RaggedArray(Int32Array.from(ids.data as Int16Array), offsets);
}

/**
 * 4,000 mails, 1,400 of them spam, of SpamAssassin's public corpus: real text to learn on without a download, as the ids of the 1,000 most frequent
 * words. `prepareSequences(data, { steps: 100, validation: 0.2, stratify: true })` makes of it what the recipe trains on.
 */
export const spam: SpamLoader = {
  classNames,
  async loadData(options = {}) {
    const { numWords, ...given } = parseLoadOptions<{ numWords: number | null }>(options, 'spam.loadData', {
      numWords: config.nullable(config.positiveInteger()),
    });
    return withRemedy(spamDataSet, given, async () => {
      const words = new TextDecoder().decode((await readFile('vocabulary.txt', given)).bytes).split('\n');
      const ids = await readNumbers('mail-ids-idx1-short', 'int16', given);
      const lengths = await readNumbers('mail-lengths-idx1-short', 'int16', given);
      const labels = await readNumbers('mail-labels-idx1-ubyte', 'uint8', given);
      const x = cutUp(ids, lengths, words.length);
      const y = classLabels(labels, x.length, classNames.length, 'spam');
      const vocabulary = ['', ...words].slice(0, numWords ?? undefined);
      return {
        x: numWords === null ? x : x.map(id => (id < numWords ? id : undefined)),
        y,
        classNames,
        vocabulary,
        wordIndex: new Map(vocabulary.slice(1).map((word, index) => [word, index + 1])),
      };
    });
  },
};
