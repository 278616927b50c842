import { describe, expect, it } from 'vitest';
import { golden } from '../formats/golden.testing.js';
import { type PadSequencesOptions, padSequences } from './pad-sequences.js';
import { RaggedArray } from './ragged.js';

describe('padSequences', () => {
  it.each(Object.entries(golden.pad))('is Keras’ pad_sequences: %s', (name, expected) => {
    const [padding, truncating, maxlen] = name.split('/') as ['pre' | 'post', 'pre' | 'post', string];
    const options: PadSequencesOptions = { padding, truncating, ...(maxlen === 'None' ? {} : { maxlen: Number(maxlen) }) };
    for (const sequences of [golden.sequences, RaggedArray.from(golden.sequences)]) {
      const { data, shape, dtype } = padSequences(sequences, options);
      expect([dtype, shape]).toEqual(['int32', [expected.length, expected[0]!.length]]);
      expect([...(data as Int32Array)]).toEqual(expected.flat());
    }
  });

  it('fills up with the value given', () => {
    expect([...(padSequences([[1]], { maxlen: 3, value: -1 }).data as Int32Array)]).toEqual([-1, -1, 1]);
  });

  it('says what is wrong', () => {
    expect(() => padSequences([])).toThrow('padSequences needs one sequence or more; got none');
    expect(() => padSequences([[1], [2, 2.5]])).toThrow('sequence 1: element 1 is 2.5; expected an integer of 32 bits');
    expect(() => padSequences([[1]], { maxlen: 0 })).toThrow('padSequences: maxlen must be a positive integer; got 0');
    expect(() => padSequences([[1]], { maxLen: 3 } as object)).toThrow('padSequences: there is no option "maxLen"; did you mean "maxlen"?');
  });
});
