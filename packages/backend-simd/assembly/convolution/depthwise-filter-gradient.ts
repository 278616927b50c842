// Gradient of a depthwise convolution by its filter: for every tap and channel the product of x and dy over all pixels.
import { intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { loadLanes, storeLanes } from './lanes';
import { endOutput, firstOutput } from './taps';
import {
  BATCH,
  CHANNELS,
  IN_HEIGHT,
  IN_WIDTH,
  OUT_HEIGHT,
  OUT_WIDTH,
  PAD_LEFT,
  PAD_TOP,
  STRIDE_HEIGHT,
  STRIDE_WIDTH,
  WINDOW_HEIGHT,
  WINDOW_WIDTH,
} from './window';

/** Images of a chunk. */
// @ts-ignore: decorator
@inline
const CHUNK_IMAGES: i32 = 15;

/** Adds up x · dy over `columns` pixels, for `lanes` channels (or 16), to the sums at `to`. */
// @ts-ignore: decorator
@inline
function sumLanes(lanes: i32, x: usize, dy: usize, columns: i32, step: usize, pixel: usize, to: usize): void {
  const first = min(lanes, 4);
  let a = loadLanes(first, to);
  let b = lanes > 4 ? v128.load(to, 16) : a;
  let c = lanes > 4 ? v128.load(to, 32) : a;
  let d = lanes > 4 ? v128.load(to, 48) : a;
  for (let column = 0; column < columns; column++) {
    a = multiplyAdd(loadLanes(first, x), loadLanes(first, dy), a);
    if (lanes > 4) {
      b = multiplyAdd(v128.load(x, 16), v128.load(dy, 16), b);
      c = multiplyAdd(v128.load(x, 32), v128.load(dy, 32), c);
      d = multiplyAdd(v128.load(x, 48), v128.load(dy, 48), d);
    }
    x += step;
    dy += pixel;
  }
  storeLanes(first, to, a);
  if (lanes > 4) {
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/**
 * The sums of a chunk of images, [taps, channels], at sums + chunk · their size. Arguments: x, dy, sums, then as window.ts has them, but
 * for argument 15: the images of a chunk.
 */
export function depthwiseFilterGradientF32(job: usize, chunk: i32, thread: i32): void {
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const channels = intAt(job, CHANNELS);
  const outHeight = intAt(job, OUT_HEIGHT);
  const outWidth = intAt(job, OUT_WIDTH);
  const tapRows = intAt(job, WINDOW_HEIGHT);
  const tapColumns = intAt(job, WINDOW_WIDTH);
  const strideHeight = intAt(job, STRIDE_HEIGHT);
  const strideWidth = intAt(job, STRIDE_WIDTH);
  const padTop = intAt(job, PAD_TOP);
  const padLeft = intAt(job, PAD_LEFT);
  const pixel = <usize>channels << 2;
  const step = <usize>strideWidth * pixel;
  const size = <usize>(tapRows * tapColumns) * pixel;
  const sums = pointerAt(job, 2) + <usize>chunk * size;
  memory.fill(sums, 0, size);
  const begin = chunk * intAt(job, CHUNK_IMAGES) * outHeight;
  const end = min((chunk + 1) * intAt(job, CHUNK_IMAGES), intAt(job, BATCH)) * outHeight;
  for (let flat = begin; flat < end; flat++) {
    const image = flat / outHeight;
    const top = (flat - image * outHeight) * strideHeight - padTop;
    for (let tapRow = max(0, -top); tapRow < min(tapRows, inHeight - top); tapRow++) {
      for (let tapColumn = 0; tapColumn < tapColumns; tapColumn++) {
        const left = tapColumn - padLeft;
        const column = firstOutput(left, strideWidth);
        const columns = endOutput(left, strideWidth, inWidth, outWidth) - column;
        let x = pointerAt(job, 0) + <usize>((image * inHeight + top + tapRow) * inWidth + column * strideWidth + left) * pixel;
        let dy = pointerAt(job, 1) + <usize>(flat * outWidth + column) * pixel;
        let to = sums + <usize>(tapRow * tapColumns + tapColumn) * pixel;
        let rest = channels;
        for (; rest >= 16; rest -= 16) {
          sumLanes(16, x, dy, columns, step, pixel, to);
          x += 64;
          dy += 64;
          to += 64;
        }
        for (; rest >= 4; rest -= 4) {
          sumLanes(4, x, dy, columns, step, pixel, to);
          x += 16;
          dy += 16;
          to += 16;
        }
        for (; rest > 0; rest--) {
          sumLanes(1, x, dy, columns, step, pixel, to);
          x += 4;
          dy += 4;
          to += 4;
        }
      }
    }
  }
}
