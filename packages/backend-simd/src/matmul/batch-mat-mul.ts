import { type BatchMatMulAttrs, type BatchMatMulInputs, broadcast_util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type Gemm, type GemmBatch, gemm } from './gemm.js';

/**
 * Product of the last two axes, [..., rows, depth] · [..., depth, columns] → [..., rows, columns], float32; either may be stored
 * transposed. The axes before are broadcast. Other dtypes are left to `cpu`.
 */
export const batchMatMul: SimdKernel = simdKernel<BatchMatMulInputs, BatchMatMulAttrs>(
  'BatchMatMul',
  ({ inputs: { a, b }, attrs: { transposeA, transposeB }, backend }) => multiplyMatrices(backend, a, b, transposeA, transposeB),
);

/** What is done to a product before it is written. */
export type Epilogue = Pick<Gemm, 'bias' | 'activation' | 'slope'>;

/** The product of two tensors of rank 2 or more, `undefined` unless both are float32 and their inner axes match. */
export function multiplyMatrices(
  backend: SimdBackend,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  epilogue?: Epilogue,
): TensorInfo | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const aRank = a.shape.length;
  const bRank = b.shape.length;
  let rows = a.shape[transposeA ? aRank - 1 : aRank - 2]!;
  const depth = a.shape[transposeA ? aRank - 2 : aRank - 1]!;
  const columns = b.shape[transposeB ? bRank - 2 : bRank - 1]!;
  if (depth !== b.shape[transposeB ? bRank - 1 : bRank - 2]) return undefined;
  const shape = aRank === 2 && bRank === 2 ? [] : broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const matrices = sizeOf(shape);
  shape.push(rows, columns);
  let batch: GemmBatch | undefined;
  if (matrices !== 1) {
    const aMatrices = sizeOf(a.shape, aRank - 2);
    const bMatrices = sizeOf(b.shape, bRank - 2);
    // One matrix for many that lie one below the other: they are one matrix too.
    if (bMatrices === 1 && aMatrices === matrices && !transposeA) rows *= matrices;
    else {
      const repeats = (aMatrices !== 1 && aMatrices !== matrices) || (bMatrices !== 1 && bMatrices !== matrices);
      batch = { matrices, aMatrices, bMatrices, indices: repeats ? matrixIndices(shape, a.shape, b.shape) : undefined };
    }
  }
  const output = backend.output(shape);
  gemm(backend, {
    rows,
    columns,
    depth,
    a: backend.pointer(a),
    transposeA,
    b: backend.pointer(b),
    transposeB,
    c: backend.pointer(output),
    batch,
    ...epilogue,
  });
  return output;
}

/** For each matrix of `shape`, which one of `a` and which of `b` broadcasting pairs. */
function matrixIndices(shape: readonly number[], a: readonly number[], b: readonly number[]): Int32Array {
  const axes = shape.length - 2;
  const indices = new Int32Array(2 * sizeOf(shape, axes));
  [a, b].forEach((from, which) => {
    for (let matrix = 0; matrix < indices.length / 2; matrix++) {
      let rest = matrix;
      let index = 0;
      let stride = 1;
      for (let axis = axes - 1; axis >= 0; axis--) {
        const length = from[axis + from.length - shape.length] ?? 1;
        if (length !== 1) index += (rest % shape[axis]!) * stride;
        stride *= length;
        rest = Math.floor(rest / shape[axis]!);
      }
      indices[2 * matrix + which] = index;
    }
  });
  return indices;
}

/** Product of the first `axes` lengths of a shape. */
function sizeOf(shape: readonly number[], axes: number = shape.length): number {
  let size = 1;
  for (let axis = 0; axis < axes; axis++) size *= shape[axis]!;
  return size;
}
