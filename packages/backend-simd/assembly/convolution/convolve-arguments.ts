// Arguments of convolveF32 and convolveFewF32. The output is a grid of rows × columns pixels in each image, which may be every other pixel of y.
// @ts-ignore: decorator
@inline
export const X: i32 = 0;
// @ts-ignore: decorator
@inline
export const FILTER: i32 = 1;
/** A number for every channel of all panels. */
// @ts-ignore: decorator
@inline
export const BIAS: i32 = 2;
// @ts-ignore: decorator
@inline
export const Y: i32 = 3;
/** Room for each thread: the addresses of a block of pixels, their sums, and a table of the taps that they see. */
// @ts-ignore: decorator
@inline
export const ROOM: i32 = 4;
// @ts-ignore: decorator
@inline
export const BATCH: i32 = 5;
// @ts-ignore: decorator
@inline
export const IN_HEIGHT: i32 = 6;
// @ts-ignore: decorator
@inline
export const IN_WIDTH: i32 = 7;
// @ts-ignore: decorator
@inline
export const IN_CHANNELS: i32 = 8;
// @ts-ignore: decorator
@inline
export const OUT_CHANNELS: i32 = 9;
// @ts-ignore: decorator
@inline
export const ROWS: i32 = 10;
// @ts-ignore: decorator
@inline
export const COLUMNS: i32 = 11;
// @ts-ignore: decorator
@inline
export const TAP_ROWS: i32 = 12;
// @ts-ignore: decorator
@inline
export const TAP_COLUMNS: i32 = 13;
// @ts-ignore: decorator
@inline
export const STRIDE_HEIGHT: i32 = 14;
// @ts-ignore: decorator
@inline
export const STRIDE_WIDTH: i32 = 15;
// @ts-ignore: decorator
@inline
export const DILATION_HEIGHT: i32 = 16;
// @ts-ignore: decorator
@inline
export const DILATION_WIDTH: i32 = 17;
// @ts-ignore: decorator
@inline
export const PAD_TOP: i32 = 18;
// @ts-ignore: decorator
@inline
export const PAD_LEFT: i32 = 19;
/** Bytes from an image, a row, a column of the grid to the next. */
// @ts-ignore: decorator
@inline
export const Y_IMAGE: i32 = 20;
// @ts-ignore: decorator
@inline
export const Y_ROW: i32 = 21;
// @ts-ignore: decorator
@inline
export const Y_COLUMN: i32 = 22;
/** A chunk is so many panels of so many rows of so many images; rows are a part of the image only where images are one. */
// @ts-ignore: decorator
@inline
export const CHUNK_IMAGES: i32 = 23;
// @ts-ignore: decorator
@inline
export const CHUNK_ROWS: i32 = 24;
// @ts-ignore: decorator
@inline
export const CHUNK_PANELS: i32 = 25;
/** Results below and above these arguments of the job are cut off. */
// @ts-ignore: decorator
@inline
export const LEAST: i32 = 26;
// @ts-ignore: decorator
@inline
export const MOST: i32 = 27;
