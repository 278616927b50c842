import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.js';
import { golden } from './golden.testing.js';
import { buildVocabulary, VocabularyBuilder, wordIndexOf } from './vocabulary.js';

describe('buildVocabulary', () => {
  it('numbers words as Keras does: by frequency, then by first appearance', () => {
    expect([...wordIndexOf(buildVocabulary(golden.texts))]).toEqual(Object.entries(golden.wordIndex).sort(([, a], [, b]) => a - b));
  });

  it('keeps the most frequent', () => expect(buildVocabulary(['b a a', 'c b a'], { maxTokens: 2 })).toEqual(['a', 'b']));

  it('grows a text at a time', () => {
    const builder = new VocabularyBuilder();
    builder.add('x y');
    expect(builder.vocabulary()).toEqual(['x', 'y']);
    builder.add('y');
    expect(builder.vocabulary()).toEqual(['y', 'x']);
  });

  it('says which option is wrong', () =>
    expect(() => buildVocabulary([], { maxTokens: 0 })).toThrow(
      new ConfigError('buildVocabulary: maxTokens must be a positive integer; got 0'),
    ));
});
