import { intAt, pointerAt } from '../job';

// Copies numbers between two arrays that both have strides: what transpose, slice, concat, pad, tile, reverse and their like come to.
// The loops run over up to six axes, whose order is free. The last two, A and B, are walked as a plane; planes, cut along A, are the
// units of work.

/** Numbers along B between two steps along A, in a transposition: so many cache lines stay in the first cache. */
const STRIP: i32 = 128;

/** Copies of fewer bytes than this are done in a loop: the call costs more. */
const FEW: usize = 512;

/** Copies `bytes`, a multiple of T's. */
// @ts-ignore: decorator
@inline
export function copyBytes<T>(from: usize, to: usize, bytes: usize): void {
  if (bytes >= FEW) {
    memory.copy(to, from, bytes);
    return;
  }
  const end = from + bytes;
  for (; from + 32 <= end; from += 32, to += 32) {
    const next = v128.load(from, 16);
    v128.store(to, v128.load(from));
    v128.store(to, next, 16);
  }
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.load(from));
  for (; from < end; from += sizeof<T>(), to += sizeof<T>()) store<T>(to, load<T>(from));
}

/** to[a][b] = from[b][a], four by four; strides in bytes, those of `from` along a and of `to` along b being 4. */
// @ts-ignore: decorator
@inline
function transposePlane(from: usize, to: usize, rows: i32, columns: i32, fromStride: usize, toStride: usize): void {
  for (let strip = 0; strip < columns; strip += STRIP) {
    const end = min(strip + STRIP, columns);
    let a = 0;
    for (; a <= rows - 4; a += 4) {
      let source = from + (<usize>a << 2) + <usize>strip * fromStride;
      let target = to + <usize>a * toStride + (<usize>strip << 2);
      let b = strip;
      for (; b <= end - 4; b += 4) {
        const v0 = v128.load(source);
        const v1 = v128.load(source + fromStride);
        const v2 = v128.load(source + 2 * fromStride);
        const v3 = v128.load(source + 3 * fromStride);
        const t0 = i8x16.shuffle(v0, v1, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
        const t1 = i8x16.shuffle(v2, v3, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
        const t2 = i8x16.shuffle(v0, v1, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
        const t3 = i8x16.shuffle(v2, v3, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
        v128.store(target, i8x16.shuffle(t0, t1, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
        v128.store(target + toStride, i8x16.shuffle(t0, t1, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
        v128.store(target + 2 * toStride, i8x16.shuffle(t2, t3, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
        v128.store(target + 3 * toStride, i8x16.shuffle(t2, t3, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
        source += fromStride << 2;
        target += 16;
      }
      for (; b < end; b++) {
        for (let k: usize = 0; k < 4; k++) store<u32>(target + k * toStride, load<u32>(source + (k << 2)));
        source += fromStride;
        target += 4;
      }
    }
    for (; a < rows; a++) {
      let source = from + (<usize>a << 2) + <usize>strip * fromStride;
      let target = to + <usize>a * toStride + (<usize>strip << 2);
      for (let b = strip; b < end; b++) {
        store<u32>(target, load<u32>(source));
        source += fromStride;
        target += 4;
      }
    }
  }
}

/**
 * Arguments: from, to, units in a chunk, length of a unit along A; six lengths; six strides of `from`, six of `to`, in elements.
 */
// @ts-ignore: decorator
@inline
function copy<T>(job: usize, chunk: i32): void {
  const size = <i32>sizeof<T>();
  const perChunk = intAt(job, 2);
  const block = intAt(job, 3);
  const rows = intAt(job, 8);
  const columns = intAt(job, 9);
  const fromA = intAt(job, 14) * size;
  const fromB = intAt(job, 15) * size;
  const toA = intAt(job, 20) * size;
  const toB = intAt(job, 21) * size;
  const blocks = (rows + block - 1) / block;
  const planes = intAt(job, 4) * intAt(job, 5) * intAt(job, 6) * intAt(job, 7);
  const end = min((chunk + 1) * perChunk, planes * blocks);
  for (let unit = chunk * perChunk; unit < end; unit++) {
    const first = (unit % blocks) * block;
    let from = pointerAt(job, 0) + first * fromA;
    let to = pointerAt(job, 1) + first * toA;
    let rest = unit / blocks;
    for (let axis = 3; axis >= 0; axis--) {
      const length = intAt(job, 4 + axis);
      const index = rest % length;
      rest /= length;
      from += index * intAt(job, 10 + axis) * size;
      to += index * intAt(job, 16 + axis) * size;
    }
    const count = min(block, rows - first);
    if (fromB == size && toB == size) {
      for (let a = 0; a < count; a++) {
        copyBytes<T>(from, to, <usize>(columns * size));
        from += fromA;
        to += toA;
      }
    } else if (sizeof<T>() == 4 && fromA == size && toB == size) {
      transposePlane(from, to, count, columns, fromB, toA);
    } else {
      for (let a = 0; a < count; a++) {
        let source = from;
        let target = to;
        for (let b = 0; b < columns; b++) {
          store<T>(target, load<T>(source));
          source += fromB;
          target += toB;
        }
        from += fromA;
        to += toA;
      }
    }
  }
}

/** Of numbers of 32 bits. */
export function copy32(job: usize, chunk: i32, thread: i32): void {
  copy<u32>(job, chunk);
}

/** Of bytes. */
export function copy8(job: usize, chunk: i32, thread: i32): void {
  copy<u8>(job, chunk);
}

/** Numbers of 32 bits in a chunk of {@link fill32}. */
const CHUNK: i32 = 65536;

/** All numbers the same. Arguments: to, length, the bits of the number. */
export function fill32(job: usize, chunk: i32, thread: i32): void {
  const first = chunk * CHUNK;
  let left = min(CHUNK, intAt(job, 1) - first);
  let to = pointerAt(job, 0) + (<usize>first << 2);
  const bits = intAt(job, 2);
  const vector = i32x4.splat(bits);
  for (; left >= 4; left -= 4) {
    v128.store(to, vector);
    to += 16;
  }
  for (; left > 0; left--) {
    store<i32>(to, bits);
    to += 4;
  }
}
