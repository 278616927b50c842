import type { SimdBackend } from '../backend.js';
import type { GemmActivation } from './activation.js';
import { multiplyInTiles } from './tiled-product.js';
import { multiplyVector } from './vector-product.js';

/**
 * `C = activation(A·B + bias)`, or `C += A·B`, float32, over a batch of matrices: what matrix products, and ops that hold one, are
 * made of. Pointers are addresses, strides count float32. C must overlap nothing that is read.
 */
export interface Gemm {
  /** Rows of A and of C. */
  rows: number;
  /** Columns of B and of C. */
  columns: number;
  /** Columns of A, rows of B. */
  depth: number;
  /** A [rows, depth], or [depth, rows] if `transposeA`. */
  a: number;
  transposeA?: boolean;
  /** From one row of A, as it lies in memory, to the next. @default its width */
  aStride?: number;
  /** B [depth, columns], or [columns, depth] if `transposeB`. */
  b: number;
  transposeB?: boolean;
  /** From one row of B, as it lies in memory, to the next. @default its width */
  bStride?: number;
  /** C [rows, columns]. */
  c: number;
  /** From one row of C to the next. @default columns */
  cStride?: number;
  /** Adds to what C holds. */
  accumulate?: boolean;
  /** [columns]; not together with `accumulate`. 0: none. */
  bias?: number;
  activation?: GemmActivation;
  /** Slope of `leakyrelu` below zero. */
  slope?: number;
  /** @default one matrix */
  batch?: GemmBatch | undefined;
}

/** Many products of the same size. */
export interface GemmBatch {
  /** Matrices of C, one after the other. */
  matrices: number;
  /** Matrices of A, one after the other: as many as of C, or one for all, or what `indices` says. */
  aMatrices: number;
  /** Matrices of B, likewise. */
  bMatrices: number;
  /** Which matrix of A and which of B each matrix of C takes, in turn. */
  indices?: Int32Array | undefined;
}

/** Rows up to which C is better computed transposed than a transposed B packed. */
const FEW_ROWS = 64;
/** Computes a product; see {@link Gemm}. The same bits on any number of threads. */
export function gemm(backend: SimdBackend, product: Gemm): void {
  const { rows, columns, depth, a, b, transposeA = false, transposeB = false } = product;
  if (rows === 0 || columns === 0 || product.batch?.matrices === 0) return;
  if ((rows === 1 || columns === 1) && multiplyVector(backend, product)) return;
  const aStride = product.aStride ?? (transposeA ? rows : depth);
  const bStride = product.bStride ?? (transposeB ? depth : columns);
  const [aRow, aStep] = transposeA ? [1, aStride] : [aStride, 1];
  const [bColumn, bStep] = transposeB ? [bStride, 1] : [1, bStride];
  // Vectors must be neighbours in memory: rows of B, or of a transposed A. Where B has none, C is computed transposed from those of A,
  // packed if need be: less work than packing B while C has few rows.
  if (transposeB && rows <= FEW_ROWS && (transposeA || rows <= columns)) {
    multiplyInTiles(backend, product, true, columns, rows, b, bColumn, bStep, a, aStep, aRow);
  } else multiplyInTiles(backend, product, false, rows, columns, a, aRow, aStep, b, bStep, bColumn);
}
