// Elementwise ops whose operands or results are bytes, 1 or 0. The last vectors run over the end of the tensors: their blocks go on to a
// multiple of 64 bytes. Chunks are a multiple of 64 elements.
import { intAt, pointerAt } from '../job';

const IS_NAN: i32 = 0;
const IS_INF: i32 = 1;
const IS_FINITE: i32 = 2;
const IS_NOT_ZERO: i32 = 3;
const IS_NOT_ZERO_I32: i32 = 4;

/** All bits of the lanes where op holds. */
// @ts-ignore: decorator
@inline
function holds(op: i32, x: v128): v128 {
  if (op == IS_NAN) return f32x4.ne(x, x);
  if (op == IS_INF) return f32x4.eq(f32x4.abs(x), f32x4.splat(Infinity));
  if (op == IS_NOT_ZERO) return f32x4.ne(x, f32x4.splat(0));
  if (op == IS_NOT_ZERO_I32) return i32x4.ne(x, i32x4.splat(0));
  return f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity));
}

// @ts-ignore: decorator
@inline
function test(op: i32, job: usize, chunk: i32): void {
  const begin = chunk * intAt(job, 3);
  const end = min(begin + intAt(job, 3), intAt(job, 2));
  let x = pointerAt(job, 0) + (<usize>begin << 2);
  let y = pointerAt(job, 1) + <usize>begin;
  for (const stop = pointerAt(job, 1) + <usize>end; y < stop; y += 16) {
    const low = i16x8.narrow_i32x4_s(holds(op, v128.load(x)), holds(op, v128.load(x, 16)));
    const high = i16x8.narrow_i32x4_s(holds(op, v128.load(x, 32)), holds(op, v128.load(x, 48)));
    v128.store(y, v128.and(i8x16.narrow_i16x8_s(low, high), i8x16.splat(1)));
    x += 64;
  }
}

/** Which numbers are NaN. Arguments: x, y, elements, elements in a chunk. */
export function isNanF32(job: usize, chunk: i32, thread: i32): void {
  test(IS_NAN, job, chunk);
}

/** Which numbers are infinite. Arguments: x, y, elements, elements in a chunk. */
export function isInfF32(job: usize, chunk: i32, thread: i32): void {
  test(IS_INF, job, chunk);
}

/** Which numbers are finite. Arguments: x, y, elements, elements in a chunk. */
export function isFiniteF32(job: usize, chunk: i32, thread: i32): void {
  test(IS_FINITE, job, chunk);
}

/** Which numbers are not 0, NaN among them. Arguments: x, y, elements, elements in a chunk. */
export function castF32ToBool(job: usize, chunk: i32, thread: i32): void {
  test(IS_NOT_ZERO, job, chunk);
}

/** Which numbers are not 0. Arguments: x, y, elements, elements in a chunk. */
export function castI32ToBool(job: usize, chunk: i32, thread: i32): void {
  test(IS_NOT_ZERO_I32, job, chunk);
}

const NOT: i32 = 0;
const AND: i32 = 1;
const OR: i32 = 2;

// @ts-ignore: decorator
@inline
function combine(op: i32, job: usize, chunk: i32): void {
  const begin = chunk * intAt(job, 4);
  const end = min(begin + intAt(job, 4), intAt(job, 3));
  const a = pointerAt(job, 0);
  const b = pointerAt(job, 1);
  const y = pointerAt(job, 2);
  for (let i = <usize>begin; i < <usize>end; i += 16) {
    const u = v128.load(a + i);
    if (op == NOT) v128.store(y + i, v128.xor(u, i8x16.splat(1)));
    else if (op == AND) v128.store(y + i, v128.and(u, v128.load(b + i)));
    else v128.store(y + i, v128.or(u, v128.load(b + i)));
  }
}

/** 1 − a. Arguments: a, a, y, elements, elements in a chunk. */
export function logicalNotBool(job: usize, chunk: i32, thread: i32): void {
  combine(NOT, job, chunk);
}

/** a and b, of one shape. Arguments: a, b, y, elements, elements in a chunk. */
export function logicalAndBool(job: usize, chunk: i32, thread: i32): void {
  combine(AND, job, chunk);
}

/** a or b, of one shape. Arguments: a, b, y, elements, elements in a chunk. */
export function logicalOrBool(job: usize, chunk: i32, thread: i32): void {
  combine(OR, job, chunk);
}

/** y[i] = condition[i] ? t[i] : e[i], of elements of four bytes. Arguments: condition, in bytes, t, e, y, elements, elements in a chunk. */
export function select4B(job: usize, chunk: i32, thread: i32): void {
  const begin = <usize>(chunk * intAt(job, 5));
  const end = min(begin + <usize>intAt(job, 5), <usize>intAt(job, 4));
  const condition = pointerAt(job, 0);
  const t = pointerAt(job, 1);
  const e = pointerAt(job, 2);
  const y = pointerAt(job, 3);
  for (let i = begin; i < end; i += 4) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(condition + i)));
    const at = i << 2;
    v128.store(y + at, v128.bitselect(v128.load(t + at), v128.load(e + at), i32x4.eq(words, i32x4.splat(1))));
  }
}
