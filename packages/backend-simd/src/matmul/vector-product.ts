import type { SimdBackend } from '../backend.js';
import { ACTIVATIONS } from './activation.js';
import type { Gemm } from './gemm.js';

/** Values of the matrix in a chunk, if it has several: some 5 µs from the second or third cache. */
const CHUNK_VALUES = 16384;
/** Results that assembly/matmul/vector-product.ts sums at once. */
const WIDE = 32;

/**
 * A product of one row or one column, and no batch, by kernels that read the matrix once. False, and nothing done, where the result or
 * a vector that has to be contiguous is not.
 */
export function multiplyVector(backend: SimdBackend, product: Gemm): boolean {
  const { rows, columns, depth, a, b, c, transposeA = false, transposeB = false, cStride = columns, accumulate, bias = 0 } = product;
  if (product.batch) return false;
  const aStride = product.aStride ?? (transposeA ? rows : depth);
  const bStride = product.bStride ?? (transposeB ? depth : columns);
  // One number counts as a column: a dense layer of one unit then sums in the same order for one sample and for many.
  const isRow = rows === 1 && columns > 1;
  if (!isRow && cStride !== 1) return false;
  const length = isRow ? columns : rows;
  const step = isRow ? (transposeA ? aStride : 1) : transposeB ? 1 : bStride;
  const dots = isRow ? transposeB : !transposeA;
  if (dots && step !== 1) return false;
  const chunkLength = Math.ceil(CHUNK_VALUES / (WIDE * Math.max(1, depth))) * WIDE;
  backend.run(
    dots ? 'matrixVectorF32' : 'vectorMatrixF32',
    Math.ceil(length / chunkLength),
    isRow ? a : b,
    isRow ? b : a,
    c,
    length,
    depth,
    step * 4,
    (isRow ? bStride : aStride) * 4,
    chunkLength,
    accumulate ? c : bias,
    accumulate || isRow ? 4 : 0,
    ACTIVATIONS[product.activation ?? 'linear'],
    product.slope ?? 0,
  );
  return true;
}
