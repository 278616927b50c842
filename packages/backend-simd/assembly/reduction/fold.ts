import { intAt, pointerAt } from '../job';
import { select } from '../vector';

// Reductions that training seldom meets: x is [outer, count, inner], the result [outer, inner].
// Arguments: x, out, outer, count, inner, outer in a chunk.

/** Π x, float32; the product is kept in float64, so that it overflows no sooner than its value does. */
export function productF32(job: usize, chunk: i32, thread: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    for (let i = 0; i < inner; i++) {
      let at = pointerAt(job, 0) + (<usize>(o * count * inner + i) << 2);
      let product: f64 = 1;
      for (let n = 0; n < count; n++) {
        product *= <f64>load<f32>(at);
        at += <usize>inner << 2;
      }
      store<f32>(pointerAt(job, 1) + (<usize>(o * inner + i) << 2), <f32>product);
    }
  }
}

/** Whether all, or any, of a row of bytes are not 0. */
// @ts-ignore: decorator
@inline
function truthOfRow(all: bool, at: usize, count: i32): u8 {
  // Bits of numbers that are 0, of `all`, or of numbers that are not, of `any`.
  let found = i8x16.splat(0);
  for (; count >= 16; count -= 16) {
    const v = v128.load(at);
    found = v128.or(found, all ? i8x16.eq(v, i8x16.splat(0)) : v);
    at += 16;
  }
  if (count >= 8) {
    const v = v128.load64_splat(at);
    found = v128.or(found, all ? i8x16.eq(v, i8x16.splat(0)) : v);
    at += 8;
    count -= 8;
  }
  let isFound = v128.any_true(found);
  for (; count > 0; count--) {
    isFound = isFound || (load<u8>(at) == 0) == all;
    at++;
  }
  return isFound == all ? 0 : 1;
}

// @ts-ignore: decorator
@inline
function truth(all: bool, job: usize, chunk: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    if (inner == 1) {
      store<u8>(pointerAt(job, 1) + <usize>o, truthOfRow(all, pointerAt(job, 0) + <usize>(o * count), count));
      continue;
    }
    for (let i = 0; i < inner; i++) {
      let at = pointerAt(job, 0) + <usize>(o * count * inner + i);
      let found: u8 = all ? 1 : 0;
      for (let n = 0; n < count; n++) {
        const value: u8 = load<u8>(at) != 0 ? 1 : 0;
        found = all ? found & value : found | value;
        at += <usize>inner;
      }
      store<u8>(pointerAt(job, 1) + <usize>(o * inner + i), found);
    }
  }
}

/** Whether all are true, bool. */
export function allU8(job: usize, chunk: i32, thread: i32): void {
  truth(true, job, chunk);
}

/** Whether any is true, bool. */
export function anyU8(job: usize, chunk: i32, thread: i32): void {
  truth(false, job, chunk);
}

/** The larger of each two: of two floats the first, if the second is NaN. */
// @ts-ignore: decorator
@inline
function larger<T>(a: v128, b: v128): v128 {
  return isFloat<T>() ? f32x4.pmax(a, b) : i32x4.max_s(a, b);
}

/** Index of the first of the largest of a row of four numbers or more, each of which `flip` turns beforehand: there is one that is no NaN. */
// @ts-ignore: decorator
@inline
function largestIndex<T extends number>(x: usize, count: i32, flip: v128): i32 {
  const end = x + (<usize>count << 2);
  const least = isFloat<T>() ? f32x4.splat(-Infinity) : i32x4.splat(i32.MIN_VALUE);
  // The last four once more, instead of a part of them.
  let a = larger<T>(least, v128.xor(v128.load(end - 16), flip));
  let b = least;
  let at = x;
  for (; at + 32 <= end; at += 32) {
    a = larger<T>(a, v128.xor(v128.load(at), flip));
    b = larger<T>(b, v128.xor(v128.load(at, 16), flip));
  }
  if (at + 16 <= end) a = larger<T>(a, v128.xor(v128.load(at), flip));
  a = larger<T>(a, b);
  a = larger<T>(a, i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  a = larger<T>(a, i8x16.shuffle(a, a, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  const wanted = v128.xor(a, flip);
  for (at = x; at + 16 <= end; at += 16) {
    const found = v128.bitmask<i32>(v128.eq<T>(v128.load(at), wanted));
    if (found != 0) return (<i32>(at - x) >> 2) + ctz(found);
  }
  return count - 4 + ctz(v128.bitmask<i32>(v128.eq<T>(v128.load(end - 16), wanted)));
}

// @ts-ignore: decorator
@inline
function arg<T extends number>(job: usize, chunk: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const smallest = intAt(job, 6) != 0;
  // The smallest is the largest of what has its sign, or all of its bits, turned.
  const flip = i32x4.splat(smallest ? (isFloat<T>() ? i32.MIN_VALUE : -1) : 0);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    const x = pointerAt(job, 0) + (<usize>(o * count * inner) << 2);
    const to = pointerAt(job, 1) + (<usize>(o * inner) << 2);
    if (inner == 1 && count >= 4) {
      const isNaN = isFloat<T>() && load<f32>(x) != load<f32>(x);
      store<i32>(to, isNaN ? 0 : largestIndex<T>(x, count, flip));
      continue;
    }
    let i = 0;
    for (; i <= inner - 4; i += 4) {
      let at = x + (<usize>i << 2);
      let best = v128.xor(v128.load(at), flip);
      let index = i32x4.splat(0);
      for (let n = 1; n < count; n++) {
        at += <usize>inner << 2;
        const value = v128.xor(v128.load(at), flip);
        const isBetter = v128.gt<T>(value, best);
        best = select(value, best, isBetter);
        index = select(i32x4.splat(n), index, isBetter);
      }
      v128.store(to + (<usize>i << 2), index);
    }
    for (; i < inner; i++) {
      let at = x + (<usize>i << 2);
      let best = load<T>(at);
      let index = 0;
      for (let n = 1; n < count; n++) {
        at += <usize>inner << 2;
        const value = load<T>(at);
        if (smallest ? value < best : value > best) {
          best = value;
          index = n;
        }
      }
      store<i32>(to + (<usize>i << 2), index);
    }
  }
}

/** Index of the first largest or, where argument 6 is 1, smallest x, float32; as on cpu, a NaN is neither, unless it is the first. */
export function argF32(job: usize, chunk: i32, thread: i32): void {
  arg<f32>(job, chunk);
}

/** Index of the first largest or, where argument 6 is 1, smallest x, int32. */
export function argI32(job: usize, chunk: i32, thread: i32): void {
  arg<i32>(job, chunk);
}
