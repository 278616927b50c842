import { describe, expect, it } from 'vitest';
import { RaggedArray } from './ragged.js';

describe('RaggedArray', () => {
  const lists = [[1, 2, 3], [], [70000, -5]];
  const ragged = RaggedArray.from(lists);

  it('holds lists of different lengths', () => {
    expect(ragged.length).toBe(3);
    expect(ragged.toArray()).toEqual(lists);
    expect([...ragged.row(2)]).toEqual([70000, -5]);
    expect(ragged.row(0).buffer).toBe(ragged.values.buffer);
  });

  it('takes sequences in any order', () =>
    expect(ragged.take([2, 0, 2]).toArray()).toEqual([
      [70000, -5],
      [1, 2, 3],
      [70000, -5],
    ]));

  it('replaces and drops tokens, and begins sequences with one', () =>
    expect(ragged.map(token => (token > 1 ? token + 1 : undefined), 9).toArray()).toEqual([[9, 3, 4], [9], [9, 70001]]));

  it('says what is wrong', () => {
    expect(() => ragged.row(3)).toThrow('there are sequences 0 to 2; got 3');
    expect(() => RaggedArray.from([[2 ** 31]])).toThrow('sequence 0: element 0 is 2147483648; expected an integer of 32 bits');
    expect(() => new RaggedArray(Int32Array.of(1, 2), Uint32Array.of(0, 1))).toThrow(
      'the offsets of a ragged array rise from 0 to the number of its values, 2',
    );
  });
});
