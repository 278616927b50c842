import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type Entries, entriesOf } from './entries.js';
import { multiply } from './multiply.js';
import { sumRows } from './sum.js';

interface InputKernelGradInputs {
  readonly x: TensorInfo;
  readonly dProjection: TensorInfo;
}

/** Columns in a chunk where rows of single entries are added up: assembly/recurrent/entries.ts has the same. */
const COLUMNS = 16;
/** Rows in a chunk of a small product, and most chunks: each has a result of its own, to be added to the others'. */
const LEAST_ROWS = 256;
const MOST_CHUNKS = 16;
/** Most numbers of a result that chunks have one each of. */
const SMALL = 16384;

/** xᵀ · dProjection: the gradient of the kernel that x was multiplied by. Rows of x with a single entry are added up, not multiplied. */
export const inputKernelGrad: SimdKernel = simdKernel<InputKernelGradInputs, object>('JogakInputKernelGrad', ({ inputs, backend }) => {
  const { x, dProjection } = inputs;
  const [batch, steps, features] = x.shape as [number, number, number];
  const columns = dProjection.shape[2]!;
  const rows = batch * steps;
  const entries = entriesOf(backend, x);
  if (entries) return addEntries(backend, entries, dProjection, rows, features, columns);
  if (features * columns <= SMALL) return multiplySmall(backend, x, dProjection, rows, features, columns);
  const product = multiply(backend, { ...x, shape: [1, rows, features] }, { ...dProjection, shape: [1, rows, columns] }, undefined, true);
  return { ...product, shape: [features, columns] };
});

function addEntries(
  backend: SimdBackend,
  { indices, values }: Entries,
  dProjection: TensorInfo,
  rows: number,
  features: number,
  columns: number,
): TensorInfo {
  const sums = backend.output([features, columns]);
  const from = backend.pointer(dProjection);
  const to = backend.pointer(sums);
  const chunks = Math.ceil(columns / COLUMNS);
  backend.run('recurrentScatterF32', chunks, indices, values, from, rows, columns, to, features);
  return sums;
}

function multiplySmall(
  backend: SimdBackend,
  x: TensorInfo,
  dProjection: TensorInfo,
  rows: number,
  features: number,
  columns: number,
): TensorInfo {
  const size = features * columns;
  const product = backend.output([features, columns]);
  const each = Math.max(LEAST_ROWS, Math.ceil(rows / MOST_CHUNKS));
  const chunks = Math.max(1, Math.ceil(rows / each));
  const parts = backend.scratch(4 * chunks * size);
  backend.run('recurrentOuterF32', chunks, backend.pointer(x), backend.pointer(dProjection), rows, features, columns, parts, each);
  sumRows(backend, parts, chunks, size, backend.pointer(product), size);
  backend.releaseScratch(parts);
  return product;
}
