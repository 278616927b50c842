import type { SimdBackend } from '../backend.js';
import { ACTIVATIONS } from './activation.js';
import type { Gemm } from './gemm.js';

/** As in assembly/matmul/pack.ts. */
const BLOCK = 256;
const PANEL = 8;
/** As in assembly/matmul/gemm.ts. */
const TILE_BYTES = 6144;
/** Multiply-adds in a chunk, if there are enough for some chunks: about 5 µs. */
const CHUNK_WORK = 131072;
/** Chunks that a product is cut into, if they are large enough. */
const CHUNKS = 24;
/** Rows that chunks are cut by: whole tiles of any height, or nearly. */
const ROWS = 12;
/** Rows of the largest chunk. */
const MOST_ROWS = 48;
/** Columns of the largest chunk: those of a block of V are to stay in the second cache. */
const MOST_COLUMNS = 512;
/** Rows that make it worth while to pack V, even one that fits the first cache: each value packed is used that often. */
const PACKED_ROWS = 96;

/**
 * C = S·V, or its transpose, where S[i][k] is at s + i·sRow + k·sStep and V[k][j] at v + k·vStep + j·vColumn: as in
 * assembly/matmul/gemm.ts, but for strides that count float32.
 */
export function multiplyInTiles(
  backend: SimdBackend,
  { depth, c, columns: cColumns, rows: cRows, cStride = cColumns, accumulate, bias = 0, activation = 'linear', slope = 0, batch }: Gemm,
  transposed: boolean,
  rows: number,
  columns: number,
  s: number,
  sRow: number,
  sStep: number,
  v: number,
  vStep: number,
  vColumn: number,
): void {
  const matrices = batch?.matrices ?? 1;
  const sMatrices = (transposed ? batch?.bMatrices : batch?.aMatrices) ?? 1;
  const vMatrices = (transposed ? batch?.aMatrices : batch?.bMatrices) ?? 1;
  const cMatrix = cStride * cRows * 4;
  const sMatrix = sMatrices > 1 ? Math.max(sRow * rows, sStep * depth) * 4 : 0;
  let vMatrix = vMatrices > 1 ? Math.max(vStep * depth, vColumn * columns) * 4 : 0;

  let packed = 0;
  if (
    depth > 0 &&
    (vColumn !== 1 || isWorthPacking(rows, depth, vStep) || endsWithMemory(backend, v + vMatrix * (vMatrices - 1), depth, vStep, columns))
  ) {
    const panels = ceil(columns, PANEL);
    packed = backend.scratch(vMatrices * panels * depth * PANEL * 4);
    const group = ceil(4096, Math.min(depth, BLOCK));
    const chunks = vMatrices * ceil(depth, BLOCK) * ceil(panels, group);
    backend.run('packPanelsF32', chunks, v, packed, columns, depth, vStep * 4, vColumn * 4, group, vMatrix);
    if (vMatrices > 1) vMatrix = panels * depth * PANEL * 4;
  }
  const tiles = sStep > 1 && depth > 64 && columns > 64 ? backend.scratch(backend.settings.threads * TILE_BYTES) : 0;
  const table = batch?.indices ? writeTable(backend, batch.indices, transposed, sMatrix, vMatrix) : 0;

  const { chunkRows, chunkColumns } = cut(matrices, rows, columns, depth);
  backend.run(
    'gemmF32',
    matrices * ceil(rows, chunkRows) * ceil(columns, chunkColumns),
    s,
    packed || v,
    c,
    rows,
    columns,
    depth,
    sRow * 4,
    sStep * 4,
    packed ? 0 : vStep * 4,
    cStride * 4,
    chunkRows,
    chunkColumns,
    sMatrix,
    vMatrix,
    cMatrix,
    table,
    accumulate ? c : bias,
    accumulate ? cStride * 4 : 0,
    accumulate ? cMatrix : 0,
    ACTIVATIONS[activation],
    slope,
    tiles,
    transposed ? 1 : 0,
  );
  if (table) backend.releaseScratch(table);
  if (tiles) backend.releaseScratch(tiles);
  if (packed) backend.releaseScratch(packed);
}

/** Whether V, whose rows are contiguous, is better copied into panels. */
function isWorthPacking(rows: number, depth: number, vStep: number): boolean {
  // Rows of V that are a multiple of 2 KiB apart fall into the same few lines of the first cache.
  return depth > 16 && rows >= (vStep % 512 === 0 ? 24 : PACKED_ROWS);
}

/** Whether the last vector of V, which is read whole, would reach beyond the end of the memory. */
function endsWithMemory(backend: SimdBackend, v: number, depth: number, vStep: number, columns: number): boolean {
  return columns % PANEL !== 0 && v + 4 * ((depth - 1) * vStep + ceil(columns, PANEL) * PANEL) > backend.memoryBytes;
}

/** For each matrix of C, how far its S and its V are from the first, in bytes. */
function writeTable(backend: SimdBackend, indices: Int32Array, transposed: boolean, sMatrix: number, vMatrix: number): number {
  const offsets = new Int32Array(indices.length);
  const s = transposed ? 1 : 0;
  for (let i = 0; i < indices.length; i += 2) {
    offsets[i] = indices[i + s]! * sMatrix;
    offsets[i + 1] = indices[i + 1 - s]! * vMatrix;
  }
  return backend.scratchOf(offsets);
}

/** Cuts C into chunks: large enough to be worth a thread's while, small enough that threads end together. */
function cut(matrices: number, rows: number, columns: number, depth: number): { chunkRows: number; chunkColumns: number } {
  let chunkRows = MOST_ROWS;
  let chunkColumns = Math.min(ceil(columns, PANEL) * PANEL, MOST_COLUMNS);
  const lines = Math.max(1, depth);
  while (
    chunkRows * chunkColumns * lines > 2 * CHUNK_WORK &&
    matrices * ceil(rows, chunkRows) * ceil(columns, chunkColumns) < CHUNKS &&
    (chunkRows > ROWS || chunkColumns > 2 * PANEL)
  ) {
    if (chunkRows > ROWS) chunkRows -= ROWS;
    else chunkColumns = ceil(chunkColumns, 2 * PANEL) * PANEL;
  }
  if (chunkRows * chunkColumns * lines < CHUNK_WORK) chunkRows = ceil(CHUNK_WORK, ROWS * chunkColumns * lines) * ROWS;
  return { chunkRows: ceil(rows, ceil(rows, chunkRows)), chunkColumns };
}

const ceil = (count: number, size: number): number => Math.ceil(count / size);
