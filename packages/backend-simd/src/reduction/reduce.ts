import { type DataType, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';

/** Numbers in a chunk, and in a block of an axis that is cut. */
const CHUNK = 8192;
/** Numbers up to which cutting an axis is not worth a second pass. */
const UNCUT = 16384;

/** Axes as tfjs' ops pass them: one, several, or all. */
export type Axes = number | readonly number[] | null | undefined;

/** An axis is at most the 31st, so a set of them is the bits of an integer. */
export function axisBits(axes: Axes, rank: number): number {
  if (axes == null) return 2 ** rank - 1;
  if (typeof axes === 'number') return 1 << (axes < 0 ? axes + rank : axes);
  let bits = 0;
  for (const axis of axes) bits |= 1 << (axis < 0 ? axis + rank : axis);
  return bits;
}

/** The shape that is left when axes are reduced. */
export function reducedShape(shape: readonly number[], bits: number, keepDims: boolean): number[] {
  const left: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    if ((bits & (1 << axis)) === 0) left.push(shape[axis]!);
    else if (keepDims) left.push(1);
  }
  return left;
}

/** Whether there are outputs, and nothing to make them of. */
export function reducesNothing(shape: readonly number[], bits: number): boolean {
  let nothing = false;
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] !== 0) continue;
    if ((bits & (1 << axis)) === 0) return false;
    nothing = true;
  }
  return nothing;
}

/** Reduces an axis: `[outer, count, inner]` at `from` to `[outer, inner]` at `to`; `isLast` says that no other axis follows. */
export type Pass = (from: number, to: number, outer: number, count: number, inner: number, isLast: boolean) => void;

/**
 * Reduces the axes in `bits`, neighbouring ones at once, the innermost first: each pass leaves less for the next.
 *
 * @param bytes of an element
 */
export function reduceAxes(
  backend: SimdBackend,
  x: TensorInfo,
  bits: number,
  keepDims: boolean,
  dtype: DataType,
  bytes: number,
  pass: Pass,
): TensorInfo {
  const { shape } = x;
  const out = backend.output(reducedShape(shape, bits, keepDims), dtype);
  if (util.sizeFromShape(out.shape) === 0) return out;
  let from = backend.pointer(x);
  const to = backend.pointer(out);
  let inner = 1;
  // The trailing zeros of the set: its first axis.
  const first = bits === 0 ? 0 : 31 - Math.clz32(bits & -bits);
  const borrowed: number[] = [];
  for (let axis = shape.length - 1; ; ) {
    while (axis >= 0 && (bits & (1 << axis)) === 0) inner *= shape[axis--]!;
    let count = 1;
    while (axis >= 0 && ((bits & (1 << axis)) !== 0 || (shape[axis] === 1 && axis > first))) count *= shape[axis--]!;
    let outer = 1;
    for (let other = axis; other >= 0; other--) outer *= shape[other]!;
    const isLast = axis < first || bits === 0;
    const target = isLast ? to : backend.scratch(outer * inner * bytes);
    if (!isLast) borrowed.push(target);
    pass(from, target, outer, count, inner, isLast);
    if (isLast) break;
    from = target;
  }
  for (const pointer of borrowed) backend.releaseScratch(pointer);
  return out;
}

/** A pass of one of the kernels of assembly/reduction/reduce.ts. @param divisor of the sum, where the result is a mean */
export function cutPass(backend: SimdBackend, kernel: KernelName, divisor = 1): Pass {
  return (from, to, outer, count, inner, isLast) => {
    const by = isLast ? divisor : 1;
    // Of many outer indices, each is a piece of work of its own; of few, the axis has to be cut.
    const block = outer * count * inner > UNCUT && outer < 8 ? Math.max(16, Math.ceil(CHUNK / inner)) : Math.max(1, count);
    const blocks = Math.max(1, Math.ceil(count / block));
    const perChunk = Math.max(1, Math.floor(CHUNK / (Math.min(block, count) * inner || 1)));
    const chunks = Math.ceil((outer * blocks) / perChunk);
    if (blocks === 1) {
      backend.run(kernel, chunks, from, to, outer, count, inner, block, perChunk, by);
      return;
    }
    const parts = backend.scratch(outer * blocks * inner * 4);
    backend.run(kernel, chunks, from, parts, outer, count, inner, block, perChunk, 1);
    backend.run(kernel, 1, parts, to, outer, blocks, inner, blocks, outer, by);
    backend.releaseScratch(parts);
  };
}
