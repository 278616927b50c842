// Images, channels last, made larger or smaller. For each row, and for each column, of the larger or smaller one a table has where in the other
// it looks: [n] bytes from the image's (or row's) start to the one before, [n] to the one behind, [n] float32 of how far it lies between.
import { intAt, pointerAt } from '../job';
import { copyBytes } from '../movement/copy';
import { multiplyAdd } from '../vector';

/** a + part · (b − a) */
// @ts-ignore: decorator
@inline
function between(a: v128, b: v128, part: v128): v128 {
  return multiplyAdd(f32x4.sub(b, a), part, a);
}

/**
 * Rows of y. Arguments: x, y, table of rows, table of columns, height and width of y, channels, bytes of an image of x, rows in a chunk, rows of
 * all images, 1 for the nearest number instead of one between.
 */
export function resize32(job: usize, chunk: i32, thread: i32): void {
  const rowTable = pointerAt(job, 2);
  const columnTable = pointerAt(job, 3);
  const height = intAt(job, 4);
  const width = intAt(job, 5);
  const channels = intAt(job, 6);
  const bytes = <usize>channels << 2;
  const isNearest = intAt(job, 10) != 0;
  const last = min((chunk + 1) * intAt(job, 8), intAt(job, 9));
  let to = pointerAt(job, 1) + <usize>(chunk * intAt(job, 8) * width) * bytes;
  for (let row = chunk * intAt(job, 8); row < last; row++) {
    const image = pointerAt(job, 0) + <usize>(row / height) * <usize>intAt(job, 7);
    const at = rowTable + (<usize>(row % height) << 2);
    const top = image + load<i32>(at);
    const bottom = image + load<i32>(at + (<usize>height << 2));
    const down = v128.load32_splat(at + (<usize>height << 3));
    for (let column = 0; column < width; column++) {
      const entry = columnTable + (<usize>column << 2);
      const left = <usize>load<i32>(entry);
      if (isNearest) {
        copyBytes<u32>(top + left, to, bytes);
        to += bytes;
        continue;
      }
      const right = <usize>load<i32>(entry + (<usize>width << 2));
      const across = v128.load32_splat(entry + (<usize>width << 3));
      let i: usize = 0;
      for (; i + 16 <= bytes; i += 16) {
        const above = between(v128.load(top + left + i), v128.load(top + right + i), across);
        const below = between(v128.load(bottom + left + i), v128.load(bottom + right + i), across);
        v128.store(to + i, between(above, below, down));
      }
      for (; i < bytes; i += 4) {
        const above = between(v128.load32_zero(top + left + i), v128.load32_zero(top + right + i), across);
        const below = between(v128.load32_zero(bottom + left + i), v128.load32_zero(bottom + right + i), across);
        v128.store32_lane(to + i, between(above, below, down), 0);
      }
      to += bytes;
    }
  }
}

/** to += from · factor, of `bytes`. */
// @ts-ignore: decorator
@inline
function addTo(to: usize, from: usize, bytes: usize, factor: f32): void {
  const by = f32x4.splat(factor);
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, multiplyAdd(v128.load(from + i), by, v128.load(to + i)));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i) * factor);
}

/**
 * The gradient of {@link resize32}: every number of dy goes back to where its parts came from. A chunk has an image. Arguments: dy, dx, table of
 * rows, table of columns, height and width of dy, channels, bytes of an image of dx, 1 for the nearest.
 */
export function resizeGradF32(job: usize, chunk: i32, thread: i32): void {
  const rowTable = pointerAt(job, 2);
  const columnTable = pointerAt(job, 3);
  const height = intAt(job, 4);
  const width = intAt(job, 5);
  const bytes = <usize>intAt(job, 6) << 2;
  const image = pointerAt(job, 1) + <usize>chunk * <usize>intAt(job, 7);
  const isNearest = intAt(job, 8) != 0;
  memory.fill(image, 0, <usize>intAt(job, 7));
  let from = pointerAt(job, 0) + <usize>(chunk * height * width) * bytes;
  for (let row = 0; row < height; row++) {
    const at = rowTable + (<usize>row << 2);
    const top = image + load<i32>(at);
    const bottom = image + load<i32>(at + (<usize>height << 2));
    const down = load<f32>(at + (<usize>height << 3));
    for (let column = 0; column < width; column++) {
      const entry = columnTable + (<usize>column << 2);
      const left = <usize>load<i32>(entry);
      const right = <usize>load<i32>(entry + (<usize>width << 2));
      const across = load<f32>(entry + (<usize>width << 3));
      if (isNearest) addTo(top + left, from, bytes, 1);
      else {
        addTo(top + left, from, bytes, (1 - down) * (1 - across));
        addTo(top + right, from, bytes, (1 - down) * across);
        addTo(bottom + left, from, bytes, down * (1 - across));
        addTo(bottom + right, from, bytes, down * across);
      }
      from += bytes;
    }
  }
}
