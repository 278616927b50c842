import { spamSample } from '@jogak/samples';
import { describe, expect, it } from 'vitest';
import { prepareSequences } from './prepare-sequences.js';
import { spam } from './spam.js';

describe('spam.loadData', () => {
  it('reads the sample: 4,000 mails, 1,400 of them spam, mixed', async () => {
    const { x, y, vocabulary, wordIndex, classNames } = await spam.loadData({ source: spamSample });
    const labels = y.data as Uint8Array;
    expect([x.length, y.shape, classNames]).toEqual([4000, [4000], ['ham', 'spam']]);
    expect(labels.filter(label => label === 1)).toHaveLength(1400);
    expect(labels.subarray(0, 400).filter(label => label === 1).length).toBeGreaterThan(100);
    expect([vocabulary.length, wordIndex.size, vocabulary[wordIndex.get('click') as number]]).toEqual([1001, 1000, 'click']);
    // What everyone knows of spam: "click" is its word.
    const share = (label: number): number =>
      Array.from(x).filter((mail, i) => labels[i] === label && mail.includes(wordIndex.get('click') as number)).length /
      labels.filter(other => other === label).length;
    expect(share(1)).toBeGreaterThan(4 * share(0));
  });

  it('drops the words that a smaller vocabulary has not', async () => {
    const { x, vocabulary } = await spam.loadData({ source: spamSample, numWords: 1000 });
    expect(x.values.reduce((highest, id) => Math.max(highest, id), 0)).toBe(999);
    expect(vocabulary).toHaveLength(1000);
  });

  it('becomes what the recipe trains on', async () => {
    const data = await spam.loadData({ source: spamSample, numWords: 1000 });
    const { train, validation } = prepareSequences(data, { steps: 100, stratify: true, seed: 1 });
    expect([train.x.shape, validation.x.shape]).toEqual([
      [3200, 100],
      [800, 100],
    ]);
    expect((validation.y.data as Uint8Array).filter(label => label === 1)).toHaveLength(280);
  });

  it('says where the mails are to be had', async () => {
    await expect(spam.loadData()).rejects.toThrow(
      'spam: these mails come from the sample alone; use --sample, or loadData({ source: spamSample }) with spamSample of @jogak/samples',
    );
  });

  it('says what is wrong with a file', async () => {
    const damaged = (file: string, bytes: Uint8Array) => ({
      ...spamSample,
      read: async (name: string) => (name === file ? bytes : spamSample.read(name)),
    });
    await expect(spam.loadData({ source: damaged('vocabulary.txt', new TextEncoder().encode('the\nto')) })).rejects.toThrow(
      /^spam: word \d+ of all mails has the id \d+; the vocabulary has ids 1 to 2$/,
    );
    await expect(spam.loadData({ source: damaged('mail-labels-idx1-ubyte', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 1)) })).rejects.toThrow(
      'spam has 4000 texts and labels of shape [1]: they do not belong together',
    );
    await expect(
      spam.loadData({ source: damaged('mail-lengths-idx1-short', Uint8Array.of(0, 0, 11, 1, 0, 0, 0, 1, 0, 9)) }),
    ).rejects.toThrow('the offsets of a ragged array rise from 0 to the number of its values');
  });
});
