import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';

/** Elements in a chunk: some five microseconds of the cheapest op. */
const CHUNK = 16384;
/** Where in the arguments the axes begin: assembly/elementwise/walk.ts lists them. */
const AXES = 12;
const MOST_AXES = 16;

// One list for all calls: the kernel has read it when the call returns.
const args: number[] = [];
const sizes = new Int32Array(MOST_AXES);
const aStrides = new Int32Array(MOST_AXES);
const bStrides = new Int32Array(MOST_AXES);

/**
 * Shape of what tensors of these shapes broadcast to.
 *
 * @throws {Error} in tfjs-core's words when they do not.
 */
export function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = a[a.length - i] ?? 1;
    const n = b[b.length - i] ?? 1;
    if (m !== n && m !== 1 && n !== 1) throw new Error(`Operands could not be broadcast together with shapes ${a} and ${b}.`);
    shape[rank - i] = m === 1 ? n : m;
  }
  return shape;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Runs a kernel that walks `a` and `b` over `y`, of the shape that they broadcast to. Neighbouring axes along which both move alike become one. */
export function runBroadcast(backend: SimdBackend, kernel: KernelName, op: number, a: TensorInfo, b: TensorInfo, y: TensorInfo): void {
  const axes = joinAxes(a.shape, b.shape, y.shape);
  const length = axes === 0 ? 1 : sizes[0]!;
  let rows = 1;
  for (let axis = 1; axis < axes; axis++) rows *= sizes[axis]!;
  const segments = Math.max(1, Math.ceil(length / CHUNK));
  const rowsInChunk = Math.max(1, Math.floor(CHUNK / Math.max(1, length)));
  args.length = AXES;
  args[0] = backend.pointer(a);
  args[1] = backend.pointer(b);
  args[2] = backend.pointer(y);
  args[3] = rows;
  args[4] = length;
  args[5] = axes === 0 ? 0 : aStrides[0]!;
  args[6] = axes === 0 ? 0 : bStrides[0]!;
  args[7] = Math.min(length, CHUNK);
  args[8] = segments;
  args[9] = rowsInChunk;
  args[10] = Math.max(0, axes - 1);
  args[11] = op;
  for (let axis = axes - 1; axis > 0; axis--) args.push(sizes[axis]!, aStrides[axis]!, bStrides[axis]!);
  if (rows * length > 0) backend.run(kernel, segments * Math.ceil(rows / rowsInChunk), ...args);
}

/** Fills `sizes`, `aStrides` and `bStrides`, from the innermost axis to the outermost; returns how many axes there are. */
function joinAxes(a: readonly number[], b: readonly number[], shape: readonly number[]): number {
  let axes = 0;
  let aStride = 1;
  let bStride = 1;
  for (let i = 1; i <= shape.length; i++) {
    const size = shape[shape.length - i]!;
    if (size === 1) continue;
    const aMoves = (a[a.length - i] ?? 1) !== 1;
    const bMoves = (b[b.length - i] ?? 1) !== 1;
    const last = axes - 1;
    if (last >= 0 && aMoves === aStrides[last]! > 0 && bMoves === bStrides[last]! > 0) {
      sizes[last] = sizes[last]! * size;
    } else {
      sizes[axes] = size;
      aStrides[axes] = aMoves ? aStride : 0;
      bStrides[axes] = bMoves ? bStride : 0;
      axes++;
    }
    if (aMoves) aStride *= size;
    if (bMoves) bStride *= size;
  }
  return axes;
}
