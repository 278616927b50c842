// Threefry-2×32 with 20 rounds, two words to a counter, of four counters at once. As it has only additions, rotations and exclusive-ors, its
// words are the same to the bit everywhere.

/** Every word rotated left by `bits`, a constant. */
// @ts-ignore: decorator
@inline
function rotated(x: v128, bits: i32): v128 {
  if (bits == 16) return i8x16.shuffle(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  if (bits == 24) return i8x16.shuffle(x, x, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** What becomes of eight words at a time. */
export const DROPOUT: i32 = 0;
export const WORDS: i32 = 1;

/** Eight words, in their order, or the eight elements of y that they decide on. */
// @ts-ignore: decorator
@inline
function put(use: i32, y: usize, x: usize, source: usize, a: v128, b: v128, threshold: v128, keep: v128): void {
  let first = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  let second = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  if (use == DROPOUT) {
    first = v128.and(i32x4.gt_u(first, threshold), keep);
    second = v128.and(i32x4.gt_u(second, threshold), keep);
    if (source != 0) {
      first = f32x4.mul(v128.load(x), first);
      second = f32x4.mul(v128.load(x, 16), second);
    }
  }
  v128.store(y, first);
  v128.store(y, second, 16);
}

/**
 * Words number `begin` (a multiple of 8) to `end`, and on to a multiple of 8, of the key k0, k1: themselves, or, of `DROPOUT`, `source`'s
 * elements times `keep` where a word is above `threshold`, else times 0; a `source` of 0 is one of ones. `source` and `target` are where
 * element 0 is; `target` may be `source`.
 *
 * One function for all uses: its rounds are a kilobyte.
 */
export function draw(use: i32, source: usize, target: usize, begin: i32, end: i32, key0: i32, key1: i32, limit: i32, factor: f32): void {
  let x = source + (<usize>begin << 2);
  let y = target + (<usize>begin << 2);
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const k2 = v128.xor(v128.xor(k0, k1), i32x4.splat(0x1bd11bda));
  const k2Plus1 = i32x4.add(k2, i32x4.splat(1));
  const k0Plus2 = i32x4.add(k0, i32x4.splat(2));
  const k1Plus3 = i32x4.add(k1, i32x4.splat(3));
  const k2Plus4 = i32x4.add(k2, i32x4.splat(4));
  const k0Plus5 = i32x4.add(k0, i32x4.splat(5));
  const threshold = i32x4.splat(limit);
  const keep = f32x4.splat(factor);
  let counters = i32x4.add(i32x4.add(i32x4.splat(begin >> 1), i32x4(0, 1, 2, 3)), k0);
  const four = i32x4.splat(4);
  for (let i = begin; i < end; i += 8) {
    let a = i32x4.add(counters, k1);
    let b = v128.xor(rotated(k1, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k1);
    b = i32x4.add(b, k2Plus1);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 17), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 29), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 16), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 24), a);
    a = i32x4.add(a, k2);
    b = i32x4.add(b, k0Plus2);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k0);
    b = i32x4.add(b, k1Plus3);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 17), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 29), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 16), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 24), a);
    a = i32x4.add(a, k1);
    b = i32x4.add(b, k2Plus4);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k2);
    b = i32x4.add(b, k0Plus5);
    put(use, y, x, source, a, b, threshold, keep);
    counters = i32x4.add(counters, four);
    x += 32;
    y += 32;
  }
}
