import { intAt } from '../job';

// Arguments 3 and on of the kernels of pooling and of depthwise convolution: sizes of x and y, and how a window moves over x.

// @ts-ignore: decorator
@inline
export const BATCH: i32 = 3;
// @ts-ignore: decorator
@inline
export const IN_HEIGHT: i32 = 4;
// @ts-ignore: decorator
@inline
export const IN_WIDTH: i32 = 5;
// @ts-ignore: decorator
@inline
export const CHANNELS: i32 = 6;
// @ts-ignore: decorator
@inline
export const OUT_HEIGHT: i32 = 7;
// @ts-ignore: decorator
@inline
export const OUT_WIDTH: i32 = 8;
// @ts-ignore: decorator
@inline
export const WINDOW_HEIGHT: i32 = 9;
// @ts-ignore: decorator
@inline
export const WINDOW_WIDTH: i32 = 10;
// @ts-ignore: decorator
@inline
export const STRIDE_HEIGHT: i32 = 11;
// @ts-ignore: decorator
@inline
export const STRIDE_WIDTH: i32 = 12;
// @ts-ignore: decorator
@inline
export const PAD_TOP: i32 = 13;
// @ts-ignore: decorator
@inline
export const PAD_LEFT: i32 = 14;
/** Rows of the output that a chunk takes, counted through all images. */
// @ts-ignore: decorator
@inline
export const CHUNK_ROWS: i32 = 15;

/** The first row of a chunk. */
// @ts-ignore: decorator
@inline
export function firstRow(job: usize, chunk: i32): i32 {
  return chunk * intAt(job, CHUNK_ROWS);
}

/** The row after the last of a chunk. */
// @ts-ignore: decorator
@inline
export function endRow(job: usize, chunk: i32): i32 {
  return min((chunk + 1) * intAt(job, CHUNK_ROWS), intAt(job, BATCH) * intAt(job, OUT_HEIGHT));
}

/** Whether all windows are 2 × 2 pixels inside the image, of 4 channels or more: what kernels have a quicker loop for. */
export function isPlainWindow(job: usize): bool {
  return (
    intAt(job, WINDOW_HEIGHT) == 2 &&
    intAt(job, WINDOW_WIDTH) == 2 &&
    intAt(job, CHANNELS) >= 4 &&
    intAt(job, PAD_TOP) + intAt(job, PAD_LEFT) == 0 &&
    (intAt(job, OUT_HEIGHT) - 1) * intAt(job, STRIDE_HEIGHT) + 2 <= intAt(job, IN_HEIGHT) &&
    (intAt(job, OUT_WIDTH) - 1) * intAt(job, STRIDE_WIDTH) + 2 <= intAt(job, IN_WIDTH)
  );
}
