import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { convolve, correlate } from './correlate.js';

const x = [2, 8, 3, 7, 1, 2, 0, 4, 5];
const w = [2, 1, 5, 3];

describe('correlate', () => {
  it('slides the kernel as it is', () => {
    expect(correlate(x, w)).toEqual([48, 57, 24, 25, 16, 39]);
    expect(correlate(x, w, { padding: 'full' })).toEqual([6, 34, 51, 48, 57, 24, 25, 16, 39, 29, 13, 10]);
  });

  it('centres as NumPy does: an even kernel has two zeros before and one after', () => {
    expect(correlate(x, w, { padding: 'same' })).toEqual([34, 51, 48, 57, 24, 25, 16, 39, 29]);
    // numpy.correlate([1, 2, 3], [0, 1, 0.5], 'same'), from NumPy's documentation.
    expect(correlate([1, 2, 3], [0, 1, 0.5], { padding: 'same' })).toEqual([2, 3.5, 3]);
  });

  it('takes every so many outputs', () => {
    expect(correlate(x, w, { stride: 2 })).toEqual([48, 24, 16]);
    expect(correlate(x, w, { padding: 'same', stride: 4 })).toEqual([34, 24, 29]);
    expect(correlate(x, w, { padding: 'full', stride: 5 })).toEqual([6, 24, 13]);
  });

  it('says what does not fit', () => {
    expect(() => correlate([1, 2], [1, 2, 3])).toThrow(
      new ShapeError('correlate: a kernel of size 3 does not fit into 2 values; use padding "same" or a smaller kernel'),
    );
    expect(() => correlate([], w)).toThrow(new ShapeError('correlate needs at least one value and one weight'));
    expect(() => correlate(x, w, { stride: 0 })).toThrow(new ConfigError('correlate: stride must be a positive integer; got 0'));
    expect(() => correlate(x, w, { padding: 'half' as 'same' })).toThrow(
      new ConfigError('correlate: padding must be "full", "same" or "valid"; got "half"'),
    );
    expect(() => convolve(x, w, { strides: 2 } as object)).toThrow(
      new ConfigError('convolve: there is no option "strides"; there are: padding, stride'),
    );
  });
});

describe('convolve', () => {
  it('turns the kernel around', () => expect(convolve(x, w)).toEqual([63, 48, 49, 28, 21, 20]));

  it('is the product of two polynomials', () => {
    // (1 + 2z)(3 + 4z + 5z²) = 3 + 10z + 13z² + 10z³
    expect(convolve([3, 4, 5], [1, 2], { padding: 'full' })).toEqual([3, 10, 13, 10]);
    // numpy.convolve([1, 2, 3], [0, 1, 0.5], 'same'), from NumPy's documentation.
    expect(convolve([1, 2, 3], [0, 1, 0.5], { padding: 'same' })).toEqual([1, 2.5, 4]);
  });
});
