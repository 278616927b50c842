import { ShapeError } from '../errors.js';

/** Numbers in a row. */
export type Vector = readonly number[];

/** Rows of numbers, all of one length: `[rows, columns]`. */
export type Matrix = readonly Vector[];

/** Four axes: `[batch, height, width, channels]` for images, `[height, width, input channels, kernels]` for kernels. */
export type Array4d = readonly (readonly (readonly (readonly number[])[])[])[];

/** A vector of zeros. */
export function zeroVector(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** A matrix of zeros. */
export function zeroMatrix(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => zeroVector(columns));
}

/** Zeros along four axes. */
export function zeroArray4d([a, b, c, d]: readonly [number, number, number, number]): number[][][][] {
  return Array.from({ length: a }, () => Array.from({ length: b }, () => zeroMatrix(c, d)));
}

/** Element `i`; an index that the loops' bounds allow, and an array that is long enough. */
export function at<T>(array: readonly T[], i: number): T {
  return array[i] as T;
}

/** `[rows, columns]`. @throws {ShapeError} when the rows differ in length or there are none. */
export function matrixShape(matrix: Matrix, where: string): [number, number] {
  const columns = matrix[0]?.length ?? 0;
  if (matrix.length === 0 || columns === 0) throw new ShapeError(`${where} needs a matrix of at least one row and column`);
  for (const [i, row] of matrix.entries()) {
    if (row.length !== columns) throw new ShapeError(`${where}: row ${i} has ${row.length} columns where row 0 has ${columns}`);
  }
  return [matrix.length, columns];
}

/** The four sizes. @throws {ShapeError} when an axis is empty or uneven. */
export function array4dShape(array: Array4d, where: string): [number, number, number, number] {
  const first = array[0]?.[0]?.[0];
  const shape: [number, number, number, number] = [
    array.length,
    array[0]?.length ?? 0,
    array[0]?.[0]?.length ?? 0,
    Array.isArray(first) ? first.length : 0,
  ];
  const even = array.every(a => a.length === shape[1] && a.every(b => b.length === shape[2] && b.every(c => c.length === shape[3])));
  if (shape.includes(0) || !even) throw new ShapeError(`${where} needs four axes, each of one size throughout and none empty`);
  return shape;
}

/** `a · b`: `c[i][j] = Σ_k a[i][k] b[k][j]`. */
export function matMul(a: Matrix, b: Matrix): number[][] {
  const columns = b[0]?.length ?? 0;
  return a.map(row => Array.from({ length: columns }, (_, j) => row.reduce((sum, value, k) => sum + value * at(at(b, k), j), 0)));
}

/** Rows for columns. */
export function transpose(matrix: Matrix): number[][] {
  return Array.from({ length: matrix[0]?.length ?? 0 }, (_, j) => matrix.map(row => at(row, j)));
}

/** The sum of every column: what the gradient of a bias, added to each row, comes to. */
export function sumColumns(matrix: Matrix): number[] {
  return transpose(matrix).map(column => column.reduce((sum, value) => sum + value, 0));
}
