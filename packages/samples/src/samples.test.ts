import { describe, expect, it } from 'vitest';
import { fashionMnistSample, spamSample } from './index.js';

describe.each([
  // 7,000 images of 784 pixels, 7,000 labels, two headers of 16 bytes and two of 8.
  { sample: fashionMnistSample, size: 7000 * 785 + 48 },
  // 1,000 words, and of 4,000 mails two bytes a word, and three for length and label.
  { sample: spamSample, size: 1_130_454 },
])('$sample.name', ({ sample, size }) => {
  it('has the files that it lists', async () => {
    const files = await Promise.all(sample.files.map(file => sample.read(file)));
    expect(files.reduce((sum, file) => sum + file.length, 0)).toBe(size);
  });

  it('says which files there are', async () => {
    await expect(sample.read('nothing')).rejects.toThrow(
      new RangeError(`the sample "${sample.name}" has no file "nothing"; it has ${sample.files.join(', ')}`),
    );
  });
});

describe('the vocabulary of the spam sample', () => {
  it('is 1,000 lower-case words, the most frequent first, without a name or a number', async () => {
    const words = new TextDecoder().decode(await spamSample.read('vocabulary.txt')).split('\n');
    expect(new Set(words).size).toBe(1000);
    expect(words.every(word => /^[a-z]{2,}$/.test(word))).toBe(true);
    expect(words.slice(0, 5)).toEqual(['the', 'to', 'and', 'of', 'in']);
    expect(words.filter(word => ['john', 'justin', 'kevin', 'mary', 'sourceforge', 'yahoo', 'http', 'com'].includes(word))).toEqual([]);
  });
});
