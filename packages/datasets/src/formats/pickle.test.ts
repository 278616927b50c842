import { isJogakError } from '@jogak/ops';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, golden } from './golden.testing.js';
import { unpickle } from './pickle.js';

/** A pickle of protocol 2 with these instructions. */
const pickle = (...instructions: readonly (number | string)[]): Uint8Array =>
  Uint8Array.of(0x80, 2, ...instructions.flatMap(part => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part])));

describe('unpickle', () => {
  it.each(['2', '3', '4', '5'])('reads plain containers and NumPy values of protocol %s', protocol => {
    expect(unpickle(fromBase64(golden.pickles[protocol]))).toMatchObject({
      shape: [7],
      dtype: 'object',
      values: [
        [1, -1, 300, 70000, -(2 ** 40), 2n ** 70n, 1.5, true, null],
        '글',
        Uint8Array.of(0, 255),
        [],
        new Map<unknown, unknown>([
          ['a', [1]],
          [2, [3]],
        ]),
        7,
        0.5,
      ],
    });
  });

  it.each(['2', '3', '4', '5'])('reads an array in Fortran order and big-endian, protocol %s', protocol => {
    expect(unpickle(fromBase64(golden.arrayPickles[protocol]))).toMatchObject({
      shape: [2, 3],
      dtype: 'int16',
      data: Int16Array.of(1, 2, 3, 4, 5, 6),
    });
  });

  it.each(['0', '1'])('says that protocol %s is not read', protocol => {
    expect(() => unpickle(fromBase64(golden.pickles[protocol]))).toThrow(
      'the pickle does not begin as a pickle of protocol 2 or later does',
    );
  });

  it.each(['2', '4'])('runs nothing: the shell is not on the list (protocol %s)', protocol => {
    expect(() => unpickle(fromBase64(golden.command[protocol]), 'x.npz')).toThrow(
      /^x\.npz asks for (posix|nt)\.system, which is not allowed: only NumPy's own arrays and plain containers are read$/,
    );
  });

  it('knows no other name, class or instruction', () => {
    expect(() => unpickle(pickle('cbuiltins\neval\n', 0x2e))).toThrow('the pickle asks for builtins.eval, which is not allowed');
    expect(() => unpickle(pickle('c__main__\nconstructor\n', 0x2e))).toThrow('asks for __main__.constructor, which is not allowed');
    expect(() => unpickle(pickle('cnumpy\nndarray\n', ')', 'R.'))).toThrow('the pickle calls numpy.ndarray, which is not allowed');
    expect(() => unpickle(pickle('N', 0x81, '.'))).toThrow('the pickle has the instruction 0x81 at offset 3, which is not allowed');
  });

  it('cannot touch a prototype: dictionaries are Maps', () => {
    const key = '__proto__';
    const value = unpickle(pickle('}', 'X', key.length, 0, 0, 0, key, 'K', 1, 's.'));
    expect(value).toEqual(new Map([[key, 1]]));
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('allocates nothing on the word of a length', () => {
    expect(() => unpickle(pickle('B', 255, 255, 255, 127, 1, 2, 3))).toThrow(
      'the pickle is truncated: 2147483647 bytes are needed at offset 7, and 3 are left',
    );
    expect(() => unpickle(pickle(0x8e, 255, 255, 255, 255, 255, 255, 255, 255))).toThrow('the pickle is corrupted: it states a size of');
  });

  it('says what is wrong with a stack', () => {
    expect(() => unpickle(pickle('.'))).toThrow('the pickle is corrupted: it takes a value from an empty stack');
    expect(() => unpickle(pickle('(K', 1, 0x86, '.'))).toThrow('the pickle is corrupted: it takes a value from an empty stack');
    expect(() => unpickle(pickle('e.'))).toThrow('the pickle is corrupted: it takes values from an empty stack');
    expect(() => unpickle(pickle('K', 1, 'K', 2, 'a.'))).toThrow('the pickle is corrupted: it appends to what is no list');
    expect(() => unpickle(pickle('h', 9, '.'))).toThrow('the pickle is corrupted: it recalls value 9, which it has not kept');
    expect(() => unpickle(pickle('NN.'))).toThrow('the pickle is corrupted: it leaves values behind');
    expect(() => unpickle(pickle('N.N'))).toThrow('the pickle has 1 bytes after its end');
    expect(() => unpickle(pickle('K', 1))).toThrow('the pickle is truncated: 1 bytes are needed at offset 4, and 0 are left');
  });

  it('makes of the lists in a list what it is told to, and recalls them so', () => {
    const two = pickle(']', '(', ']', 'q', 0, '(K', 1, 'K', 2, 'e', ']K', 3, 'ae', '(', 'h', 0, 'K', 4, 'e.');
    expect(unpickle(two)).toEqual([[1, 2], [3], [1, 2], 4]);
    const pair = Uint8Array.of(1, 2);
    const revived = unpickle(two, 'lists', list => Uint8Array.from(list as number[])) as unknown[];
    expect(revived).toEqual([pair, Uint8Array.of(3), pair, 4]);
    expect(revived[2]).toBe(revived[0]);
    // A tuple that holds the list, and what was put into that already, are none of its business.
    const tuple = pickle(']', 'q', 0, ']', 'q', 1, 'K', 7, 'a', 0x85, 'q', 2, '0', 'h', 1, 'a', 'h', 2, 0x86, '.');
    expect(unpickle(tuple, 'lists', () => 'revived')).toEqual([['revived'], [[7]]]);
    expect(() => unpickle(pickle(']', ']', 'q', 0, 'a', 'h', 0, 'K', 1, 'a.'), 'lists', () => 'revived')).toThrow(
      'lists is corrupted: it appends to what is no list',
    );
  });

  it('answers any bytes with a value or a FormatError', () => {
    const original = fromBase64(golden.pickles['4']);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bytes = cut ? original.slice(0, at) : original.slice();
        if (!cut) bytes[at] = byte;
        try {
          unpickle(bytes);
        } catch (error) {
          if (!isJogakError(error, 'format')) throw error;
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
