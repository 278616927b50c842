import { describe, expect, it } from 'vitest';
import { ConfigError, DataError } from '../errors.js';
import { golden } from './golden.testing.js';
import { sequencesToTexts, textsToSequences } from './sequences.js';
import { buildVocabulary, wordIndexOf } from './vocabulary.js';

const wordIndex = wordIndexOf(buildVocabulary(golden.texts));

describe('textsToSequences', () => {
  it('gives the ids that Keras gives', () => {
    expect(textsToSequences(golden.texts, wordIndex)).toEqual(golden.sequences);
    expect(textsToSequences(golden.texts, wordIndex, { numWords: 8 })).toEqual(golden.sequencesOf8Words);
  });

  it('numbers as the IMDB loader does', () => {
    const index = wordIndexOf(['the', 'film', 'good']);
    const imdb = { indexFrom: 3, startId: 1, oovId: 2 };
    expect(textsToSequences(['The film: very good'], index, imdb)).toEqual([[1, 4, 5, 2, 6]]);
    expect(textsToSequences(['The film: very good'], index, { ...imdb, numWords: 6, skipTop: 5 })).toEqual([[1, 2, 5, 2, 2]]);
    expect(textsToSequences(['The film: very good'], index, { indexFrom: 3, skipTop: 5, numWords: 6 })).toEqual([[5]]);
  });

  it('knows no word that it was not given, not even an object’s own', () => {
    expect(textsToSequences(['constructor __proto__ a'], wordIndexOf(['a']), { filters: '' })).toEqual([[1]]);
  });

  it('says which option is wrong', () =>
    expect(() => textsToSequences([], wordIndex, { oovId: -1 })).toThrow(
      new ConfigError('textsToSequences: oovId must be an integer, 0 or more; got -1'),
    ));
});

describe('sequencesToTexts', () => {
  it('is the way back', () => {
    const index = wordIndexOf(['좋았다', 'film']);
    const markers = new Map([
      [0, '<pad>'],
      [1, '<start>'],
    ]);
    expect(sequencesToTexts([[0, 1, 5, 4]], index, { indexFrom: 3, markers })).toEqual(['<pad> <start> film 좋았다']);
  });

  it('says which id is no word’s', () =>
    expect(() => sequencesToTexts([[1], [9]], wordIndexOf(['a']))).toThrow(
      new DataError("sequence 1 has the id 9, which is no word's; name it in markers, or check indexFrom (0)"),
    ));
});
