import { at, type Matrix, matrixShape, zeroMatrix } from './arrays.js';
import { checkKeys } from './options.js';
import { type TextbookPadding, tensorflowPadding } from './padding.js';

/** Options of {@link correlate2d} and {@link convolve2d}. */
export interface Correlate2dOptions {
  /** 'same' is TensorFlow's: the odd zero stands after. @default 'valid' */
  padding?: TextbookPadding;
  /** Step from one output to the next, down and to the right. @default 1 */
  stride?: number;
}

/**
 * Cross-correlation of an image and a kernel, zeros outside of the image:
 * `Y[i][j] = Σ_a Σ_b X[i·stride + a − top][j·stride + b − left] · W[a][b]`.
 *
 * `same` pads as TensorFlow's SAME, and as every layer: `⌈size / stride⌉` outputs, the odd zero after (below, and to the right).
 * ({@link correlate} follows NumPy's rule instead, with the odd zero before.)
 *
 * @param x `[height, width]`
 * @param w `[kernel height, kernel width]`
 * @throws {ShapeError} when `x` or `w` is empty or uneven, or `valid` leaves no place for the kernel
 */
export function correlate2d(x: Matrix, w: Matrix, options: Correlate2dOptions = {}): number[][] {
  return slide(x, w, options, 'correlate2d');
}

/** Convolution: as {@link correlate2d}, with the kernel turned by 180°. */
export function convolve2d(x: Matrix, w: Matrix, options: Correlate2dOptions = {}): number[][] {
  const turned = [...w].reverse().map(row => [...row].reverse());
  return slide(x, turned, options, 'convolve2d');
}

function slide(x: Matrix, w: Matrix, options: Correlate2dOptions, where: string): number[][] {
  checkKeys(options, ['padding', 'stride'], where);
  const { padding = 'valid', stride = 1 } = options;
  const [height, width] = matrixShape(x, where);
  const [kernelHeight, kernelWidth] = matrixShape(w, where);
  const vertical = tensorflowPadding(height, kernelHeight, padding, stride, where);
  const horizontal = tensorflowPadding(width, kernelWidth, padding, stride, where);
  const y = zeroMatrix(vertical.outputSize, horizontal.outputSize);
  for (let i = 0; i < vertical.outputSize; i++) {
    for (let j = 0; j < horizontal.outputSize; j++) {
      let sum = 0;
      for (let a = 0; a < kernelHeight; a++) {
        for (let b = 0; b < kernelWidth; b++) {
          const row = i * stride + a - vertical.before;
          const column = j * stride + b - horizontal.before;
          if (row >= 0 && row < height && column >= 0 && column < width) sum += at(at(x, row), column) * at(at(w, a), b);
        }
      }
      at(y, i)[j] = sum;
    }
  }
  return y;
}
