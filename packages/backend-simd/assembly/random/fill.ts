// Random numbers: the words of a key, made float32 by way of float64, with the bits that `uniformValues`, `normalValues` and
// `truncatedNormalValues` of @jogak/ops give. Only the operations that IEEE 754 fixes, in their order there.
// Arguments: y, elements, elements in a chunk (a multiple of 16), the two words of the key, then float64 of the kernel's own. The last
// vectors run over the end of y, whose block goes on to a multiple of 64 bytes.
import { intAt, pointerAt } from '../job';
import { joined } from '../math/wide';
import { quantiles } from './quantile';
import { draw, WORDS } from './threefry';

/** Argument `index` as a float64, twice. */
// @ts-ignore: decorator
@inline
function wideAt(job: usize, index: i32): v128 {
  return v128.load64_splat(job + (<usize>index << 3));
}

/** The upper two words as the lower ones. */
// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return i64x2.shuffle(words, words, 1, 1);
}

/** Draws a chunk's words into its part of y. Returns where that begins. */
// @ts-ignore: decorator
@inline
function drawWords(job: usize, begin: i32, end: i32): usize {
  const y = pointerAt(job, 0);
  draw(WORDS, 0, y, begin, end, intAt(job, 3), intAt(job, 4), 0, 0);
  return y + (<usize>begin << 2);
}

/** y[i] = min + ⌊word / 256⌋ · scale. Its own arguments: min, scale. */
export function uniformF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 2);
  const end = min(begin + intAt(job, 2), intAt(job, 1));
  const least = wideAt(job, 5);
  const scale = wideAt(job, 6);
  let y = drawWords(job, begin, end);
  for (const stop = y + (<usize>(end - begin) << 2); y < stop; y += 16) {
    const words = i32x4.shr_u(v128.load(y), 8);
    const low = f64x2.add(least, f64x2.mul(f64x2.convert_low_i32x4_u(words), scale));
    v128.store(y, joined(low, f64x2.add(least, f64x2.mul(f64x2.convert_low_i32x4_u(upper(words)), scale))));
  }
}

/**
 * y[i] = mean + deviation · q, where a standard normal number lies below q with the probability `least` + `width` · (word + ½) / 2³². Its own
 * arguments: mean, deviation, least, width.
 */
export function normalF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 2);
  const end = min(begin + intAt(job, 2), intAt(job, 1));
  const mean = wideAt(job, 5);
  const deviation = wideAt(job, 6);
  const least = wideAt(job, 7);
  const width = wideAt(job, 8);
  let y = drawWords(job, begin, end);
  for (const stop = y + (<usize>(end - begin) << 2); y < stop; y += 16) {
    const words = v128.load(y);
    const low = f64x2.add(mean, f64x2.mul(deviation, quantiles(probability(words, least, width))));
    v128.store(y, joined(low, f64x2.add(mean, f64x2.mul(deviation, quantiles(probability(upper(words), least, width))))));
  }
}

// @ts-ignore: decorator
@inline
function probability(words: v128, least: v128, width: v128): v128 {
  const place = f64x2.mul(width, f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5)));
  // 2⁻³², exactly.
  return f64x2.add(least, f64x2.mul(place, f64x2.splat(2.3283064365386963e-10)));
}
