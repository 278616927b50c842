import { ShapeError } from '../errors.js';
import { at, type Matrix, matMul, matrixShape, sumColumns, transpose, type Vector } from './arrays.js';

/** What {@link denseBackward} returns: the error's derivative by each thing that went in, of its shape. */
export interface DenseGradients {
  readonly dx: number[][];
  readonly dKernel: number[][];
  readonly dBias: number[];
}

/**
 * Fully connected layer without its activation: `y = x · kernel + bias`.
 *
 * @param x `[batch, features]`
 * @param kernel `[features, units]`
 * @param bias `[units]`, zeros by default
 * @returns `[batch, units]`
 * @throws {ShapeError} when the sizes do not fit together
 */
export function dense(x: Matrix, kernel: Matrix, bias?: Vector): number[][] {
  const units = checkDense(x, kernel, 'dense');
  if (bias && bias.length !== units) throw new ShapeError(`dense has ${units} units and needs as many biases; got ${bias.length}`);
  const y = matMul(x, kernel);
  return bias ? y.map(row => row.map((value, j) => value + at(bias, j))) : y;
}

/**
 * The gradients of {@link dense}: `dx = dy · kernelᵀ`, `dKernel = xᵀ · dy`, `dBias = Σ_rows dy`.
 *
 * @param x `[batch, features]`
 * @param kernel `[features, units]`
 * @param dy `[batch, units]`, the error of the output
 */
export function denseBackward(x: Matrix, kernel: Matrix, dy: Matrix): DenseGradients {
  const units = checkDense(x, kernel, 'denseBackward');
  const [rows, columns] = matrixShape(dy, 'denseBackward');
  if (rows !== x.length || columns !== units)
    throw new ShapeError(`denseBackward: the output is [${x.length}, ${units}]; its error is [${rows}, ${columns}]`);
  return { dx: matMul(dy, transpose(kernel)), dKernel: matMul(transpose(x), dy), dBias: sumColumns(dy) };
}

/** The number of units. */
function checkDense(x: Matrix, kernel: Matrix, where: string): number {
  const [, features] = matrixShape(x, where);
  const [rows, units] = matrixShape(kernel, where);
  if (features !== rows) throw new ShapeError(`${where}: the input has ${features} features, the kernel ${rows} rows`);
  return units;
}
