import { DataError } from '@jogak/ops';

/**
 * Sequences of different lengths in one typed array: what a text becomes, four bytes a token.
 *
 * `row(i)` is a view; iterating gives the rows in turn. `values` and `offsets` are plain data and pass to workers as they are.
 */
export class RaggedArray implements Iterable<Int32Array> {
  /** Number of sequences. */
  readonly length: number;

  /**
   * @param values the tokens of all sequences, one after the other
   * @param offsets where each sequence begins, and at last where the last one ends: `[length + 1]`
   */
  constructor(
    readonly values: Int32Array,
    readonly offsets: Uint32Array,
  ) {
    this.length = offsets.length - 1;
    const ordered = offsets.every((offset, i) => offset >= (offsets[i - 1] ?? 0));
    if (this.length < 0 || offsets[0] !== 0 || offsets[this.length] !== values.length || !ordered)
      throw new DataError(`the offsets of a ragged array rise from 0 to the number of its values, ${values.length}`);
  }

  /** From lists of integers. @throws {DataError} when an element is not a 32-bit integer; it names list and element. */
  static from(lists: Iterable<ArrayLike<number>>): RaggedArray {
    const rows = [...lists];
    const offsets = new Uint32Array(rows.length + 1);
    rows.forEach((row, i) => {
      offsets[i + 1] = (offsets[i] as number) + row.length;
    });
    const values = new Int32Array(offsets[rows.length] as number);
    rows.forEach((row, i) => {
      const start = offsets[i] as number;
      for (let j = 0; j < row.length; j++) {
        const value = row[j];
        if (typeof value !== 'number' || (value | 0) !== value)
          throw new DataError(`sequence ${i}: element ${j} is ${String(value)}; expected an integer of 32 bits`);
        values[start + j] = value;
      }
    });
    return new RaggedArray(values, offsets);
  }

  /** Sequence `index`, a view. @throws {RangeError} when there is none. */
  row(index: number): Int32Array {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`there are sequences 0 to ${this.length - 1}; got ${index}`);
    return this.values.subarray(this.offsets[index], this.offsets[index + 1]);
  }

  /** The sequences `indices`, copied, in this order. */
  take(indices: ArrayLike<number>): RaggedArray {
    const offsets = new Uint32Array(indices.length + 1);
    for (let i = 0; i < indices.length; i++) offsets[i + 1] = (offsets[i] as number) + this.row(indices[i] as number).length;
    const values = new Int32Array(offsets[indices.length] as number);
    for (let i = 0; i < indices.length; i++) values.set(this.row(indices[i] as number), offsets[i] as number);
    return new RaggedArray(values, offsets);
  }

  /**
   * Sequences in which each token is what `replace` makes of it; tokens for which it gives `undefined` are dropped.
   *
   * @param prefix a token to begin every sequence with, not given to `replace`
   */
  map(replace: (token: number) => number | undefined, prefix?: number): RaggedArray {
    const extra = prefix === undefined ? 0 : 1;
    const values = new Int32Array(this.values.length + extra * this.length);
    const offsets = new Uint32Array(this.length + 1);
    let end = 0;
    for (let i = 0; i < this.length; i++) {
      if (prefix !== undefined) values[end++] = prefix;
      for (let j = this.offsets[i] as number; j < (this.offsets[i + 1] as number); j++) {
        const token = replace(this.values[j] as number);
        if (token !== undefined) values[end++] = token;
      }
      offsets[i + 1] = end;
    }
    return new RaggedArray(end === values.length ? values : values.slice(0, end), offsets);
  }

  *[Symbol.iterator](): Iterator<Int32Array> {
    for (let i = 0; i < this.length; i++) yield this.row(i);
  }

  /** The same as nested arrays. */
  toArray(): number[][] {
    return Array.from(this, row => [...row]);
  }
}
