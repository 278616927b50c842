import { intAt, pointerAt } from '../job';

/** Numbers in a chunk. */
const CHUNK: i32 = 8192;

/** to[i] = bytes[i] · factor: float64 products, rounded to float32 once. Arguments: bytes, to, length, factor. */
export function scaleBytesF32(job: usize, chunk: i32, thread: i32): void {
  const first = chunk * CHUNK;
  let left = min(CHUNK, intAt(job, 2) - first);
  let from = pointerAt(job, 0) + <usize>first;
  let to = pointerAt(job, 1) + (<usize>first << 2);
  const factor = load<f64>(job + 24);
  const by = f64x2.splat(factor);
  for (; left >= 4; left -= 4) {
    const whole = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
    const low = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.convert_low_i32x4_s(whole), by));
    const high = f64x2.convert_low_i32x4_s(i8x16.shuffle(whole, whole, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    v128.store(to, i8x16.shuffle(low, f32x4.demote_f64x2_zero(f64x2.mul(high, by)), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
    from += 4;
    to += 16;
  }
  for (; left > 0; left--) {
    store<f32>(to, <f32>(<f64>load<u8>(from) * factor));
    from++;
    to += 4;
  }
}
