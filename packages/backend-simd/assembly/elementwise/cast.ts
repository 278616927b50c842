// Numbers of one type from those of another. The last vectors run over the end of the tensors, whose blocks go on to a multiple of
// 64 bytes; chunks are a multiple of 16 elements.
import { intAt, pointerAt } from '../job';

const TWO_TO_31: f32 = 2147483648;
/** From here on float32 are multiples of 2³². */
const TWO_TO_56: f32 = 72057594037927936;

/** The whole part modulo 2³², as JavaScript has it; 0 for what has none. */
// @ts-ignore: decorator
@inline
function wrap(value: f32): i32 {
  return abs(value) < TWO_TO_56 ? <i32>(<i64>value) : 0;
}

/** Arguments: x, y, elements, elements in a chunk. */
export function castF32ToI32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 3);
  const end = <usize>min(begin + intAt(job, 3), intAt(job, 2)) << 2;
  const x = pointerAt(job, 0);
  const y = pointerAt(job, 1);
  for (let i = <usize>begin << 2; i < end; i += 16) {
    const value = v128.load(x + i);
    if (i32x4.all_true(f32x4.lt(f32x4.abs(value), f32x4.splat(TWO_TO_31)))) v128.store(y + i, i32x4.trunc_sat_f32x4_s(value));
    else for (let j = i; j < i + 16; j += 4) store<i32>(y + j, wrap(load<f32>(x + j)));
  }
}

/** Arguments: x, y, elements, elements in a chunk. */
export function castI32ToF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 3);
  const end = <usize>min(begin + intAt(job, 3), intAt(job, 2)) << 2;
  const x = pointerAt(job, 0);
  const y = pointerAt(job, 1);
  for (let i = <usize>begin << 2; i < end; i += 16) v128.store(y + i, f32x4.convert_i32x4_s(v128.load(x + i)));
}

// @ts-ignore: decorator
@inline
function castBytes(job: usize, chunk: i32, toFloat: bool): void {
  const begin = chunk * intAt(job, 3);
  const end = <usize>min(begin + intAt(job, 3), intAt(job, 2));
  const x = pointerAt(job, 0);
  const y = pointerAt(job, 1);
  for (let i = <usize>begin; i < end; i += 4) {
    const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(x + i)));
    v128.store(y + (i << 2), toFloat ? f32x4.convert_i32x4_s(words) : words);
  }
}

/** Arguments: x, y, elements, elements in a chunk. */
export function castBoolToF32(job: usize, chunk: i32, thread: i32): void {
  castBytes(job, chunk, true);
}

/** Arguments: x, y, elements, elements in a chunk. */
export function castBoolToI32(job: usize, chunk: i32, thread: i32): void {
  castBytes(job, chunk, false);
}
