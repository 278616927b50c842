import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../../tools/requirement.js';
import { hasSharedData, sharedData } from '../../../../tools/shared-data.js';
import type { SampleSource } from '../load/load-options.js';
import { type ImdbData, imdb } from './imdb.js';
import { prepareSequences } from './prepare-sequences.js';

/** A pickle, protocol 2, of an array of these lists; null is Python's `None`. */
function pickledLists(lists: readonly (readonly (number | null)[])[]): Uint8Array {
  const int = (value: number): number[] => [0x4a, value & 255, (value >> 8) & 255, (value >> 16) & 255, value >> 24];
  const text = (value: string): number[] => [...strToU8(value)];
  const type = [...text('cnumpy\ndtype\n'), 0x58, 2, 0, 0, 0, ...text('O8'), 0x89, 0x88, 0x87, 0x52];
  return Uint8Array.of(
    ...[0x80, 2, ...text('cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n'), ...int(0), 0x85, 0x43, 1, 98, 0x87, 0x52],
    ...[0x28, ...int(1), ...int(lists.length), 0x85, ...type, 0x89, 0x5d, 0x28],
    ...lists.flatMap(list => [0x5d, 0x28, ...list.flatMap(value => (value === null ? [0x4e] : int(value))), 0x65]),
    ...[0x65, 0x74, 0x62, 0x2e],
  );
}

function npy(descriptor: string, length: number, content: Uint8Array): Uint8Array {
  const header = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${length},), }\n`;
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...strToU8(header), ...content);
}

function reviews(x: readonly (readonly (number | null)[])[], y: readonly number[]): SampleSource {
  const part = { x: npy('|O', x.length, pickledLists(x)), y: npy('|u1', y.length, Uint8Array.from(y)) };
  const bytes = zipSync({ 'x_train.npy': part.x, 'y_train.npy': part.y, 'x_test.npy': part.x, 'y_test.npy': part.y });
  return { name: 'two reviews', license: 'none', origin: 'this test', files: ['imdb.npz'], read: async () => bytes };
}

/** The reviews of a part by label, as the order is random. */
const byLabel = ({ train: { x, y } }: ImdbData): number[][] => [0, 1].map(label => [...x.row((y.data as Uint8Array).indexOf(label))]);

describe('imdb.loadData', () => {
  const source = reviews(
    [
      [1, 2, 500],
      [17, 96, 97],
    ],
    [0, 1],
  );

  it('numbers words as Keras does', async () => {
    expect(byLabel(await imdb.loadData({ source }))).toEqual([
      [1, 4, 5, 503],
      [1, 20, 99, 100],
    ]);
    // numWords and skipTop are of ids, and the start mark is below skipTop too.
    expect(byLabel(await imdb.loadData({ source, numWords: 100, skipTop: 5 }))).toEqual([
      [2, 2, 5, 2],
      [2, 20, 99, 2],
    ]);
    expect(byLabel(await imdb.loadData({ source, startChar: null, indexFrom: 0, oovChar: null, numWords: 97 }))).toEqual([
      [1, 2],
      [17, 96],
    ]);
  });

  it('numbers them as the recipes do: from 20 up to numWords, all others dropped', async () => {
    expect(byLabel(await imdb.loadData({ source, numWords: 100, skipTop: 20, oovChar: null }))).toEqual([[], [20, 99]]);
  });

  it('leaves long reviews out', async () => {
    const uneven = reviews([[1], [1, 2, 3]], [0, 1]);
    const { train } = await imdb.loadData({ source: uneven, maxlen: 4 });
    expect([train.x.toArray(), [...(train.y.data as Uint8Array)]]).toEqual([[[1, 4]], [0]]);
    await expect(imdb.loadData({ source: uneven, maxlen: 2 })).rejects.toThrow(
      'imdb: no review of the train part is shorter than maxlen 2; increase it',
    );
  });

  it('says what is wrong with a file', async () => {
    await expect(imdb.loadData({ source: reviews([[1]], [2]) })).rejects.toThrow(
      'train in imdb.npz of two reviews: label 0 is 2; there are classes 0 to 1',
    );
    await expect(imdb.loadData({ source: reviews([[1]], [0, 1]) })).rejects.toThrow(
      'train in imdb.npz of two reviews has 1 texts and labels of shape [2]: they do not belong together',
    );
    await expect(imdb.loadData({ source: reviews([[1], [2, null]], [0, 1]), oovChar: null, numWords: 4 })).rejects.toThrow(
      "imdb.npz of two reviews is not Keras' imdb.npz: x_train holds no lists of words, or y_train no labels",
    );
    const other = { ...source, read: async () => zipSync({ 'a.npy': npy('|u1', 0, new Uint8Array(0)) }) };
    await expect(imdb.loadData({ source: other })).rejects.toThrow('imdb.npz of two reviews has no array x_train; it has a');
    await expect(imdb.loadData({ numWords: 0 })).rejects.toThrow('imdb.loadData: numWords must be a positive integer; got 0');
  });
});

describe('imdb.decode', () => {
  const wordIndex = new Map([
    ['the', 1],
    ['film', 2],
  ]);

  it('gives the words back', () => expect(imdb.decode([0, 0, 1, 4, 5, 2], { wordIndex })).toEqual(['[START]', 'the', 'film', '[OOV]']));

  it('says which id stands for nothing', () =>
    expect(() => imdb.decode([6], { wordIndex })).toThrow('imdb.decode: id 6 stands for no word; they go from 4 to 5'));
});

describe('imdb.getWordIndex', () => {
  it('reads words that an object would trip over, and says what is no index', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jogak-'));
    const load = async (text: string) => {
      await writeFile(join(folder, 'imdb_word_index.json'), text);
      return imdb.getWordIndex({ dataDir: folder });
    };
    expect(await load('{"constructor": 1, "__proto__": 2}')).toEqual(new Map(Object.entries({ constructor: 1, ['__proto__']: 2 })));
    await expect(load('{"the": 1, "a"')).rejects.toThrow(/imdb_word_index\.json is truncated or corrupted: it is not JSON \(/);
    await expect(load('{"the": "one"}')).rejects.toThrow('is no word index: expected a JSON object of words and their ranks');
    await rm(folder, { recursive: true });
  });
});

const hasImdb = requireOrSkip('IMDB', hasSharedData('imdb.npz', 'imdb_word_index.json'), {
  never:
    'its licence lets nobody but its authors publish it; put imdb.npz and imdb_word_index.json into a folder that JOGAK_SHARED_DATA names',
});

describe.runIf(hasImdb)('imdb, the real reviews', () => {
  let data: ImdbData;
  beforeAll(async () => {
    data = await imdb.loadData({ dataDir: sharedData, numWords: 1000, skipTop: 20, oovChar: null });
  });

  it('are 25,000 and 25,000, half of them positive', () => {
    for (const { x, y } of [data.train, data.test]) {
      expect([x.length, y.shape]).toEqual([25000, [25000]]);
      expect((y.data as Uint8Array).filter(label => label === 1)).toHaveLength(12500);
      expect(x.values.every(id => id >= 20 && id < 1000)).toBe(true);
    }
    // The file has the positive ones first: the loader mixes them.
    expect((data.train.y.data as Uint8Array).subarray(0, 100).filter(label => label === 1).length).toBeGreaterThan(25);
  });

  it('are 237.7 words long, of which the highest rank is 88,584', async () => {
    const { train } = await imdb.loadData({ dataDir: sharedData, startChar: null, indexFrom: 0 });
    expect(train.x.values.length / train.x.length).toBeCloseTo(237.7, 1);
    expect(train.x.values.reduce((highest, rank) => Math.max(highest, rank), 0)).toBeLessThanOrEqual(88584);
    const wordIndex = await imdb.getWordIndex({ dataDir: sharedData });
    expect(wordIndex.size).toBe(88584);
    expect(imdb.decode([1, 2, 3], { wordIndex, startChar: null, oovChar: null, indexFrom: 0 })).toEqual(['the', 'and', 'a']);
  });

  it('split 20,000 / 5,000 and are padded and cut in front to 100 steps', () => {
    const { train, validation } = prepareSequences(data.train, { steps: 100, validation: 5000, seed: 1 });
    expect([train.x.shape, train.y.shape, validation.x.shape]).toEqual([[20000, 100], [20000], [5000, 100]]);
    const words = (array: { data: ArrayLike<unknown> }): number => (array.data as Int32Array).filter(id => id !== 0).length;
    const kept = Array.from(data.train.x).reduce((sum, review) => sum + Math.min(review.length, 100), 0);
    expect(words(train.x) + words(validation.x)).toBe(kept);
    // In front: what is filled up is never followed by a word before it.
    const steps = (train.x.data as Int32Array).subarray(0, 100_000);
    expect(steps.every((id, i) => id !== 0 || i % 100 === 0 || steps[i - 1] === 0)).toBe(true);
  });
});
