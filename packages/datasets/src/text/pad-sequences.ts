import { options as config, DataError, type HostArray } from '@jogak/ops';
import { RaggedArray } from './ragged.js';

/** Options of {@link padSequences}. */
export interface PadSequencesOptions {
  /** Length that all sequences get. @default the longest one's */
  maxlen?: number;
  /** Where what is missing is filled up. @default 'pre' */
  padding?: 'pre' | 'post';
  /** Where what is too much is cut off. @default 'pre' */
  truncating?: 'pre' | 'post';
  /** What it is filled up with. @default 0 */
  value?: number;
}

const table: config.OptionTable<Required<Omit<PadSequencesOptions, 'maxlen'>> & { maxlen: number | undefined }> = {
  maxlen: config.positiveInteger() as config.Option<number | undefined>,
  padding: config.oneOf(['pre', 'post'], 'pre'),
  truncating: config.oneOf(['pre', 'post'], 'pre'),
  value: config.integer(0),
};

/**
 * Sequences of one length: shorter ones are filled up, longer ones cut off, both in front by default, as Keras' `pad_sequences` does.
 *
 * @param sequences lists of integers, or a {@link RaggedArray}
 * @returns `int32 [sequences, maxlen]`
 * @throws {DataError} when there is no sequence, or an element is not an integer.
 */
export function padSequences(sequences: RaggedArray | Iterable<ArrayLike<number>>, options: PadSequencesOptions = {}): HostArray {
  const { padding, truncating, value, ...given } = config.parseOptions(table, options, 'padSequences');
  const ragged = sequences instanceof RaggedArray ? sequences : RaggedArray.from(sequences);
  if (ragged.length === 0) throw new DataError('padSequences needs one sequence or more; got none');
  let longest = 0;
  for (const row of ragged) longest = Math.max(longest, row.length);
  const maxlen = given.maxlen ?? longest;
  const data = new Int32Array(ragged.length * maxlen).fill(value);
  for (let i = 0; i < ragged.length; i++) {
    const row = ragged.row(i);
    const kept = row.length <= maxlen ? row : truncating === 'pre' ? row.subarray(row.length - maxlen) : row.subarray(0, maxlen);
    data.set(kept, (i + 1) * maxlen - (padding === 'pre' ? kept.length : maxlen));
  }
  return { data, shape: [ragged.length, maxlen], dtype: 'int32' };
}
