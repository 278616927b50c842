// y = op(a, b), element by element, of operands of four bytes that broadcast: see walk.ts for the arguments. What a comparison gives
// has one byte, 1 or 0.
import { intAt } from '../job';
import { atan2, joined, lower, pow, upper } from '../math/wide';
import { endRow, evenRows, firstRow, operandAt, resultAt, rowStride, segmentLength } from './walk';

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const SQUARED_DIFFERENCE: i32 = 6;
const PRELU: i32 = 7;
const ELU_GRAD: i32 = 8;
const ADD_I32: i32 = 9;
const SUBTRACT_I32: i32 = 10;
const MULTIPLY_I32: i32 = 11;
const MAXIMUM_I32: i32 = 12;
const MINIMUM_I32: i32 = 13;
const FLOOR_DIVIDE: i32 = 14;
const FLOOR_DIVIDE_I32: i32 = 15;
const AND_I32: i32 = 16;
const POW: i32 = 17;
const ATAN2: i32 = 18;
/** Ops from here on are comparisons. */
const COMPARISONS: i32 = 19;
const EQUAL: i32 = 19;
const NOT_EQUAL: i32 = 20;
const LESS: i32 = 21;
const LESS_EQUAL: i32 = 22;
const EQUAL_I32: i32 = 23;
const NOT_EQUAL_I32: i32 = 24;
const LESS_I32: i32 = 25;
const LESS_EQUAL_I32: i32 = 26;

/** `op` is a constant, so that one branch remains. Of a comparison: all bits of the lanes where it holds. */
// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return f32x4.add(a, b);
  if (op == SUBTRACT) return f32x4.sub(a, b);
  if (op == MULTIPLY) return f32x4.mul(a, b);
  if (op == DIVIDE) return f32x4.div(a, b);
  if (op == MAXIMUM) return f32x4.max(a, b);
  if (op == MINIMUM) return f32x4.min(a, b);
  if (op == SQUARED_DIFFERENCE) {
    const difference = f32x4.sub(a, b);
    return f32x4.mul(difference, difference);
  }
  if (op == PRELU) return v128.bitselect(f32x4.mul(a, b), a, f32x4.lt(a, f32x4.splat(0)));
  if (op == ELU_GRAD) return v128.bitselect(a, f32x4.mul(a, f32x4.add(b, f32x4.splat(1))), f32x4.ge(b, f32x4.splat(0)));
  if (op == ADD_I32) return i32x4.add(a, b);
  if (op == SUBTRACT_I32) return i32x4.sub(a, b);
  if (op == MULTIPLY_I32) return i32x4.mul(a, b);
  if (op == MAXIMUM_I32) return i32x4.max_s(a, b);
  if (op == MINIMUM_I32) return i32x4.min_s(a, b);
  if (op == FLOOR_DIVIDE) return joinedIntegers(floorQuotient(lower(a), lower(b)), floorQuotient(upper(a), upper(b)));
  if (op == FLOOR_DIVIDE_I32) {
    return joinedIntegers(
      floorQuotient(f64x2.convert_low_i32x4_s(a), f64x2.convert_low_i32x4_s(b)),
      floorQuotient(f64x2.convert_low_i32x4_s(upperIntegers(a)), f64x2.convert_low_i32x4_s(upperIntegers(b))),
    );
  }
  if (op == AND_I32) return v128.and(a, b);
  if (op == POW) return joined(pow(lower(a), lower(b)), pow(upper(a), upper(b)));
  if (op == ATAN2) return joined(atan2(lower(a), lower(b)), atan2(upper(a), upper(b)));
  if (op == EQUAL) return f32x4.eq(a, b);
  if (op == NOT_EQUAL) return f32x4.ne(a, b);
  if (op == LESS) return f32x4.lt(a, b);
  if (op == LESS_EQUAL) return f32x4.le(a, b);
  if (op == EQUAL_I32) return i32x4.eq(a, b);
  if (op == NOT_EQUAL_I32) return i32x4.ne(a, b);
  if (op == LESS_I32) return i32x4.lt_s(a, b);
  return i32x4.le_s(a, b);
}

/** The upper two lanes as the lower ones. */
// @ts-ignore: decorator
@inline
function upperIntegers(x: v128): v128 {
  return i64x2.shuffle(x, x, 1, 1);
}

/** The lower two lanes of each. */
// @ts-ignore: decorator
@inline
function joinedIntegers(low: v128, high: v128): v128 {
  return i64x2.shuffle(low, high, 0, 2);
}

/** ⌊a / b⌋ of two float64, as ECMAScript makes an int32 of it: modulo 2³², and 0 of NaN and infinities. */
function floorQuotient(a: v128, b: v128): v128 {
  const quotient = f64x2.floor(f64x2.div(a, b));
  const turns = f64x2.floor(f64x2.mul(quotient, f64x2.splat(2.3283064365386963e-10)));
  return i32x4.trunc_sat_f64x2_u_zero(f64x2.sub(quotient, f64x2.mul(turns, f64x2.splat(4294967296))));
}

/** Four masks as four bytes, 1 or 0, in the lowest lane. */
// @ts-ignore: decorator
@inline
function bytes(mask: v128): v128 {
  const words = i16x8.narrow_i32x4_s(mask, mask);
  return v128.and(i8x16.narrow_i16x8_s(words, words), i8x16.splat(1));
}

/** Rows from this length on are filled sixteen elements at a time: sums, differences and products take no longer than their loop. */
const LONG: usize = 64;

/** {@link fillRows} of such rows, in three quarters of the time. */
// @ts-ignore: decorator
@inline
function fillLongRows(op: i32, a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  for (; rows > 0; rows--) {
    let m = a;
    let n = b;
    let u = v128.load32_splat(m);
    let v = v128.load32_splat(n);
    let u1 = u;
    let u2 = u;
    let u3 = u;
    let v1 = v;
    let v2 = v;
    let v3 = v;
    for (const stop = y + ((length & ~15) << 2); y < stop; y += 64) {
      if (aStep) {
        u = v128.load(m);
        u1 = v128.load(m, 16);
        u2 = v128.load(m, 32);
        u3 = v128.load(m, 48);
        m += 64;
      }
      if (bStep) {
        v = v128.load(n);
        v1 = v128.load(n, 16);
        v2 = v128.load(n, 32);
        v3 = v128.load(n, 48);
        n += 64;
      }
      v128.store(y, apply(op, u, v));
      v128.store(y, apply(op, u1, v1), 16);
      v128.store(y, apply(op, u2, v2), 32);
      v128.store(y, apply(op, u3, v3), 48);
    }
    for (const stop = y + ((length & 15) << 2); y < stop; y += 4) {
      store<f32>(y, f32x4.extract_lane(apply(op, v128.load32_splat(m), v128.load32_splat(n)), 0));
      m += aStep << 2;
      n += bStep << 2;
    }
    a += aRow;
    b += bRow;
  }
}

/** Rows of y, which lie one after another; from one to the next, a and b move by `aRow` and `bRow` bytes. */
// @ts-ignore: decorator
@inline
function fillRows(op: i32, a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  if (op <= MULTIPLY && length >= LONG) {
    fillLongRows(op, a, aStep, aRow, b, bStep, bRow, y, length, rows);
    return;
  }
  // Bytes of an element of the result, as a power of 2.
  const shift: usize = op >= COMPARISONS ? 0 : 2;
  for (; rows > 0; rows--) {
    let m = a;
    let n = b;
    let u = v128.load32_splat(m);
    let v = v128.load32_splat(n);
    for (const stop = y + ((length & ~3) << shift); y < stop; y += 4 << shift) {
      if (aStep) {
        u = v128.load(m);
        m += 16;
      }
      if (bStep) {
        v = v128.load(n);
        n += 16;
      }
      const result = apply(op, u, v);
      if (op >= COMPARISONS) v128.store_lane<i32>(y, bytes(result), 0);
      else v128.store(y, result);
    }
    for (const stop = y + ((length & 3) << shift); y < stop; y += 1 << shift) {
      if (aStep) {
        u = v128.load32_splat(m);
        m += 4;
      }
      if (bStep) {
        v = v128.load32_splat(n);
        n += 4;
      }
      const result = apply(op, u, v);
      if (op >= COMPARISONS) store<u8>(y, <u8>(i32x4.extract_lane(result, 0) & 1));
      else v128.store_lane<i32>(y, result, 0);
    }
    a += aRow;
    b += bRow;
  }
}

// One function an op: a single one of all would take the compiler minutes.

function add(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(ADD, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function subtract(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(SUBTRACT, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function multiply(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MULTIPLY, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function divide(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(DIVIDE, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function maximum(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MAXIMUM, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function minimum(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MINIMUM, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function squaredDifference(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(SQUARED_DIFFERENCE, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function prelu(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(PRELU, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function eluGrad(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(ELU_GRAD, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function addI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(ADD_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function subtractI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(SUBTRACT_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function multiplyI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MULTIPLY_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function maximumI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MAXIMUM_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function minimumI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(MINIMUM_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function floorDivide(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(FLOOR_DIVIDE, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function floorDivideI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(FLOOR_DIVIDE_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function andI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(AND_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function equal(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(EQUAL, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function notEqual(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(NOT_EQUAL, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function less(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(LESS, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function lessEqual(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(LESS_EQUAL, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function equalI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(EQUAL_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function notEqualI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(NOT_EQUAL_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function lessI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(LESS_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function lessEqualI32(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(LESS_EQUAL_I32, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}

function powers(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(POW, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}
function angles(a: usize, aStep: i32, aRow: usize, b: usize, bStep: i32, bRow: usize, y: usize, length: usize, rows: i32): void {
  fillRows(ATAN2, a, aStep, aRow, b, bStep, bRow, y, length, rows);
}

/** Runs op number `intAt(job, 11)` over a chunk. */
export function binary(job: usize, chunk: i32, thread: i32): void {
  const op = intAt(job, 11);
  const shift: usize = op >= COMPARISONS ? 0 : 2;
  const length = <usize>segmentLength(job, chunk);
  const aStep = intAt(job, 5);
  const bStep = intAt(job, 6);
  const end = endRow(job, chunk);
  for (let row = firstRow(job, chunk); row < end; ) {
    const a = operandAt(job, chunk, row, 0, 2);
    const b = operandAt(job, chunk, row, 1, 2);
    const y = resultAt(job, chunk, row, shift);
    const rows = min(evenRows(job, row), end - row);
    const aRow = rowStride(job, 0) << 2;
    const bRow = rowStride(job, 1) << 2;
    row += rows;
    switch (op) {
      case ADD:
        add(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case SUBTRACT:
        subtract(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MULTIPLY:
        multiply(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case DIVIDE:
        divide(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MAXIMUM:
        maximum(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MINIMUM:
        minimum(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case SQUARED_DIFFERENCE:
        squaredDifference(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case PRELU:
        prelu(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case ELU_GRAD:
        eluGrad(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case ADD_I32:
        addI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case SUBTRACT_I32:
        subtractI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MULTIPLY_I32:
        multiplyI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MAXIMUM_I32:
        maximumI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case MINIMUM_I32:
        minimumI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case FLOOR_DIVIDE:
        floorDivide(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case FLOOR_DIVIDE_I32:
        floorDivideI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case AND_I32:
        andI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case POW:
        // Squares are what most powers are, and exact.
        if (bStep == 0 && bRow == 0 && load<f32>(b) == 2) multiply(a, aStep, aRow, a, aStep, aRow, y, length, rows);
        else powers(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case ATAN2:
        angles(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case EQUAL:
        equal(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case NOT_EQUAL:
        notEqual(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case LESS:
        less(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case LESS_EQUAL:
        lessEqual(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case EQUAL_I32:
        equalI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case NOT_EQUAL_I32:
        notEqualI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case LESS_I32:
        lessI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
      case LESS_EQUAL_I32:
        lessEqualI32(a, aStep, aRow, b, bStep, bRow, y, length, rows);
        break;
    }
  }
}
