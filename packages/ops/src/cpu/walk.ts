/**
 * What a walk does with one row: `count` elements, which stand in operand `a` at `aAt`, `aAt + aStep`, …, and likewise in `b`.
 */
export type RowVisitor = (aAt: number, aStep: number, bAt: number, bStep: number, count: number) => void;

/**
 * Walks through an array of `shape` in row-major order, row by row, beside two operands whose strides over the same axes are given: 0 where an
 * operand is broadcast or added up. Axes that both operands step through as one are walked as one, so that rows are as long as can be: tfjs'
 * kernels compute the coordinates of every element instead, which costs a hundred times the addition that they are for.
 */
export function walk(shape: readonly number[], aStrides: readonly number[], bStrides: readonly number[], visit: RowVisitor): void {
  if (shape.includes(0)) return;
  const sizes: number[] = [];
  const a: number[] = [];
  const b: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && a[last] === aStrides[axis]! * size && b[last] === bStrides[axis]! * size) {
      sizes[last] = sizes[last]! * size;
      a[last] = aStrides[axis]!;
      b[last] = bStrides[axis]!;
    } else {
      sizes.push(size);
      a.push(aStrides[axis]!);
      b.push(bStrides[axis]!);
    }
  }
  const count = sizes.pop() ?? 1;
  const aStep = a.pop() ?? 0;
  const bStep = b.pop() ?? 0;
  const index = new Array<number>(sizes.length).fill(0);
  let aAt = 0;
  let bAt = 0;
  for (;;) {
    visit(aAt, aStep, bAt, bStep, count);
    let axis = sizes.length - 1;
    for (; axis >= 0; axis--) {
      aAt += a[axis]!;
      bAt += b[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      aAt -= a[axis]! * sizes[axis]!;
      bAt -= b[axis]! * sizes[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Strides of a row-major array of `shape` over each of its axes. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Strides of an array of `shape` over the axes of the shape that it is broadcast to: 0 along those that it lacks or has once. */
export function broadcastStrides(shape: readonly number[], to: readonly number[]): number[] {
  const own = stridesOf(shape);
  const missing = to.length - shape.length;
  return to.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : own[axis - missing]!));
}

/** Strides over the axes of `shape` of what is left when `axes` are reduced away: 0 along those. */
export function reducedStrides(shape: readonly number[], axes: readonly number[]): number[] {
  const kept = stridesOf(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
  return kept.map((stride, axis) => (axes.includes(axis) ? 0 : stride));
}
