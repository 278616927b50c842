import { ShapeError } from '../errors.js';
import { at, type Vector, zeroVector } from './arrays.js';
import { checkKeys } from './options.js';
import { centredPadding, type TextbookPadding } from './padding.js';

/** Options of {@link correlate} and {@link convolve}. */
export interface CorrelateOptions {
  /** 'same' is NumPy's: an even kernel has its odd zero before. @default 'valid' */
  padding?: TextbookPadding;
  /** Step from one output to the next. @default 1 */
  stride?: number;
}

/**
 * Cross-correlation: the kernel slides over the input as it is, `y[i] = Σ_k x[i·stride + k − before] · w[k]`, zeros outside of `x`.
 *
 * `same` gives as many outputs as `x` has values (at stride 1) and centres as NumPy's `correlate` does, with an even kernel of 4 two
 * zeros before and one after. ({@link correlate2d} follows TensorFlow's rule instead, with the odd zero after.)
 *
 * @param x `[n]`
 * @param w `[k]`, the kernel
 * @returns `[n − k + 1]` for `valid`, `[n]` for `same`, `[n + k − 1]` for `full`; with a stride, every so many of them
 * @throws {ShapeError} when `x` or `w` is empty, or `valid` leaves no place for the kernel
 */
export function correlate(x: Vector, w: Vector, options: CorrelateOptions = {}): number[] {
  return slide(x, w, options, 'correlate');
}

/**
 * Convolution: as {@link correlate}, with the kernel turned around, `y[i] = Σ_k x[i·stride + k − before] · w[K − 1 − k]`.
 * What deep learning calls a convolution is {@link correlate}; the network learns its kernel either way around.
 */
export function convolve(x: Vector, w: Vector, options: CorrelateOptions = {}): number[] {
  return slide(x, [...w].reverse(), options, 'convolve');
}

function slide(x: Vector, w: Vector, options: CorrelateOptions, where: string): number[] {
  checkKeys(options, ['padding', 'stride'], where);
  const { padding = 'valid', stride = 1 } = options;
  if (x.length === 0 || w.length === 0) throw new ShapeError(`${where} needs at least one value and one weight`);
  const { before, outputSize } = centredPadding(x.length, w.length, padding, stride, where);
  const y = zeroVector(outputSize);
  for (let i = 0; i < outputSize; i++) {
    let sum = 0;
    for (let k = 0; k < w.length; k++) {
      const position = i * stride + k - before;
      if (position >= 0 && position < x.length) sum += at(x, position) * at(w, k);
    }
    y[i] = sum;
  }
  return y;
}
