import { intAt, pointerAt } from '../job';
import { copyBytes } from './copy';

/**
 * Rows of x by number: x [planes, size, row], ids [batches, count], to [planes, count, row], where plane p takes the ids of batch
 * p · batches / planes. Arguments: x, ids, to, planes, size, count, bytes of a row, planes of a batch, units (p, id) in a chunk,
 * address of a word that becomes 1 when an id is no row; its output is then not defined.
 */
export function gather32(job: usize, chunk: i32, thread: i32): void {
  const x = pointerAt(job, 0);
  const ids = pointerAt(job, 1);
  const size = intAt(job, 4);
  const count = intAt(job, 5);
  const bytes = <usize>intAt(job, 6);
  const planesOfBatch = intAt(job, 7);
  const perChunk = intAt(job, 8);
  const end = min((chunk + 1) * perChunk, intAt(job, 3) * count);
  let unit = chunk * perChunk;
  let to = pointerAt(job, 2) + <usize>unit * bytes;
  while (unit < end) {
    const plane = unit / count;
    const first = unit % count;
    const last = min(count, first + end - unit);
    const from = x + <usize>(plane * size) * bytes;
    const list = ids + (<usize>((plane / planesOfBatch) * count) << 2);
    for (let i = first; i < last; i++) {
      const id = load<i32>(list + (<usize>i << 2));
      if (<u32>id < <u32>size) copyBytes<u32>(from + <usize>id * bytes, to, bytes);
      else store<i32>(pointerAt(job, 9), 1);
      to += bytes;
    }
    unit += last - first;
  }
}

/**
 * Sums of rows by segment: x [rows, columns], ids [rows] → to [segments, columns]; rows whose id is no segment are dropped. A chunk
 * has some columns of some segments, and adds rows in their order. Arguments: x, ids, to, rows, columns, segments, columns in a
 * chunk, segments in a chunk.
 */
export function segmentSumF32(job: usize, chunk: i32, thread: i32): void {
  const x = pointerAt(job, 0);
  const ids = pointerAt(job, 1);
  const to = pointerAt(job, 2);
  const rows = intAt(job, 3);
  const columns = intAt(job, 4);
  const segments = intAt(job, 5);
  const wide = intAt(job, 6);
  const high = intAt(job, 7);
  const across = (columns + wide - 1) / wide;
  const column = (chunk % across) * wide;
  const width = min(wide, columns - column);
  const segment = (chunk / across) * high;
  const count = min(high, segments - segment);
  const stride = <usize>columns << 2;
  const left = <usize>column << 2;
  if (width == columns) memory.fill(to + <usize>segment * stride, 0, <usize>count * stride);
  else {
    for (let s = segment; s < segment + count; s++) {
      // A call of memory.fill takes longer than these few numbers.
      let target = to + <usize>s * stride + left;
      let n = width;
      for (; n >= 4; n -= 4) {
        v128.store(target, f32x4.splat(0));
        target += 16;
      }
      for (; n > 0; n--) {
        store<f32>(target, 0);
        target += 4;
      }
    }
  }
  let from = x + left;
  if (width == 16) {
    addLines(from, stride, ids, rows, to + <usize>segment * stride + left, segment, count);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids + (<usize>row << 2)) - segment;
    if (<u32>id < <u32>count) {
      let source = from;
      let target = to + <usize>(segment + id) * stride + left;
      let n = width;
      for (; n >= 16; n -= 16) {
        v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
        v128.store(target, f32x4.add(v128.load(target, 16), v128.load(source, 16)), 16);
        v128.store(target, f32x4.add(v128.load(target, 32), v128.load(source, 32)), 32);
        v128.store(target, f32x4.add(v128.load(target, 48), v128.load(source, 48)), 48);
        source += 64;
        target += 64;
      }
      for (; n >= 4; n -= 4) {
        v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
        source += 16;
        target += 16;
      }
      for (; n > 0; n--) {
        store<f32>(target, load<f32>(target) + load<f32>(source));
        source += 4;
        target += 4;
      }
    }
    from += stride;
  }
}

/** Adds 16 columns of every row to those of its segment, where that is one of `count` from `first` on: twice as fast as a loop over columns. */
function addLines(from: usize, stride: usize, ids: usize, rows: i32, to: usize, first: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    const id = load<i32>(ids) - first;
    if (<u32>id < <u32>count) {
      const target = to + <usize>id * stride;
      const a = f32x4.add(v128.load(target), v128.load(from));
      const b = f32x4.add(v128.load(target, 16), v128.load(from, 16));
      const c = f32x4.add(v128.load(target, 32), v128.load(from, 32));
      const d = f32x4.add(v128.load(target, 48), v128.load(from, 48));
      v128.store(target, a);
      v128.store(target, b, 16);
      v128.store(target, c, 32);
      v128.store(target, d, 48);
    }
    ids += 4;
    from += stride;
  }
}

/**
 * A row of `depth` numbers for every id, all `off` but the one at the id, which is `on`; bits of 32-bit numbers. Arguments: ids, to,
 * count, depth, on, off, ids in a chunk.
 */
export function oneHot32(job: usize, chunk: i32, thread: i32): void {
  const depth = intAt(job, 3);
  const on = intAt(job, 4);
  const off = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const first = chunk * perChunk;
  const count = min(perChunk, intAt(job, 2) - first);
  const to = pointerAt(job, 1) + (<usize>(first * depth) << 2);
  const end = to + (<usize>(count * depth) << 2);
  let at = to;
  for (; at + 16 <= end; at += 16) v128.store(at, i32x4.splat(off));
  for (; at < end; at += 4) store<i32>(at, off);
  for (let i = 0; i < count; i++) {
    const id = load<i32>(pointerAt(job, 0) + (<usize>(first + i) << 2));
    if (<u32>id < <u32>depth) store<i32>(to + (<usize>(i * depth + id) << 2), on);
  }
}

/** Where the ones stand in one-hot rows, −1 where there is none, and 1 for each. Arguments: ids, count, depth, entries, values. */
export function oneHotEntriesF32(job: usize, chunk: i32, thread: i32): void {
  const depth = intAt(job, 2);
  const end = <usize>intAt(job, 1) << 2;
  for (let at: usize = 0; at < end; at += 4) {
    const id = load<i32>(pointerAt(job, 0) + at);
    store<i32>(pointerAt(job, 3) + at, <u32>id < <u32>depth ? id : -1);
    store<f32>(pointerAt(job, 4) + at, 1);
  }
}
