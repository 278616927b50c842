import { ShapeError } from '../errors.js';
import { at, type Matrix, matrixShape, zeroMatrix } from './arrays.js';
import { checkKeys, checkPositive } from './options.js';
import { tensorflowPadding } from './padding.js';

/** Options of the poolings. */
export interface Pool2dOptions {
  /** Side of the square window. @default 2 */
  size?: number;
  /** Step from one window to the next. @default size */
  stride?: number;
  /** 'same' is TensorFlow's; what a window covers outside of the image does not count. @default 'valid' */
  padding?: 'same' | 'valid';
}

/** One place of a window, inside the image. */
type Place = readonly [row: number, column: number];

/**
 * The largest value of each window: `Y[i][j] = max X[i·stride + a][j·stride + b]`.
 *
 * @param x `[height, width]`, one channel of one image
 * @throws {ShapeError} when `x` is empty or uneven, or smaller than a window that is not padded
 */
export function maxPool2d(x: Matrix, options: Pool2dOptions = {}): number[][] {
  return windows(x, options, 'maxPool2d').map(row => row.map(places => Math.max(...places.map(place => valueAt(x, place)))));
}

/**
 * The gradient of {@link maxPool2d}: each output's error goes to the place that its value came from, the first one among equals.
 *
 * @param dy the error of the output, of its shape
 * @returns the error of the input, of the shape of `x`
 */
export function maxPool2dBackward(x: Matrix, dy: Matrix, options: Pool2dOptions = {}): number[][] {
  return spread(x, dy, options, 'maxPool2dBackward', (places, error, add) => {
    const largest = Math.max(...places.map(place => valueAt(x, place)));
    const winner = places.find(place => valueAt(x, place) === largest);
    if (winner) add(winner, error);
  });
}

/** The mean of each window, counting only what lies inside the image. Shapes and errors as {@link maxPool2d}. */
export function averagePool2d(x: Matrix, options: Pool2dOptions = {}): number[][] {
  return windows(x, options, 'averagePool2d').map(row =>
    row.map(places => places.reduce((sum, place) => sum + valueAt(x, place), 0) / places.length),
  );
}

/** The gradient of {@link averagePool2d}: each output's error in equal parts to all its places. */
export function averagePool2dBackward(x: Matrix, dy: Matrix, options: Pool2dOptions = {}): number[][] {
  return spread(x, dy, options, 'averagePool2dBackward', (places, error, add) => {
    for (const place of places) add(place, error / places.length);
  });
}

const valueAt = (x: Matrix, [row, column]: Place): number => at(at(x, row), column);

/** For each output, the places inside the image that its window covers. */
function windows(x: Matrix, options: Pool2dOptions, where: string): Place[][][] {
  checkKeys(options, ['size', 'stride', 'padding'], where);
  const { size = 2, stride = size, padding = 'valid' } = options;
  checkPositive(size, 'size', where);
  const [height, width] = matrixShape(x, where);
  const vertical = tensorflowPadding(height, size, padding, stride, where);
  const horizontal = tensorflowPadding(width, size, padding, stride, where);
  return Array.from({ length: vertical.outputSize }, (_, i) =>
    Array.from({ length: horizontal.outputSize }, (_, j) => {
      const places: Place[] = [];
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) {
          const row = i * stride + a - vertical.before;
          const column = j * stride + b - horizontal.before;
          if (row >= 0 && row < height && column >= 0 && column < width) places.push([row, column]);
        }
      }
      return places;
    }),
  );
}

/** Hands every output's error to `share`, which adds it to the places it came from. */
function spread(
  x: Matrix,
  dy: Matrix,
  options: Pool2dOptions,
  where: string,
  share: (places: readonly Place[], error: number, add: (place: Place, error: number) => void) => void,
): number[][] {
  const covered = windows(x, options, where);
  const [rows, columns] = matrixShape(dy, where);
  if (rows !== covered.length || columns !== covered[0]?.length)
    throw new ShapeError(`${where}: the output is [${covered.length}, ${covered[0]?.length}]; its error is [${rows}, ${columns}]`);
  const dx = zeroMatrix(x.length, at(x, 0).length);
  const add = ([row, column]: Place, error: number): void => {
    at(dx, row)[column] = valueAt(dx, [row, column]) + error;
  };
  for (const [i, row] of covered.entries()) {
    for (const [j, places] of row.entries()) share(places, valueAt(dy, [i, j]), add);
  }
  return dx;
}
