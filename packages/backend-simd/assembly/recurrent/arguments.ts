import { pointerAt } from '../job';

// What the kernels of the cells read. All of one kind take the same arguments in the same order; src/recurrent/arguments.ts writes them.

/** Columns of a panel of packed weights, and of a tile. Units are rounded up to it in a chunk's own memory. */
export const PANEL: i32 = 8;

// — of a forward kernel

/** How the input comes to the cell: {@link PROJECTED}, {@link GATHERED} or {@link MULTIPLIED}. */
export const MODE: i32 = 0;
/** `x · kernel + bias` `[B, T, C]` when projected, else x. */
export const SOURCE: i32 = 1;
/** When gathered: which feature of each row of x is not 0, −1 (or no feature) where all are; and its value, 1 where `VALUES` is 0. */
export const ENTRIES: i32 = 2;
export const VALUES: i32 = 3;
export const KERNEL: i32 = 4;
export const BIAS: i32 = 5;
/** Panels of recurrent weights; when multiplied, each after the rows of the kernel. */
export const PACKED: i32 = 6;
export const INITIAL_STATE: i32 = 7;
export const MASK: i32 = 8;
export const SEQUENCE: i32 = 9;
export const STATE: i32 = 10;
export const BATCH: i32 = 11;
export const STEPS: i32 = 12;
export const FEATURES: i32 = 13;
export const UNITS: i32 = 14;
export const ACTIVATION: i32 = 15;
export const GATE_ACTIVATION: i32 = 16;
export const GO_BACKWARDS: i32 = 17;
/** Memory of each thread, and its bytes. */
export const SCRATCH: i32 = 18;
export const SCRATCH_BYTES: i32 = 19;
/** 0 when no gradient is wanted. */
export const GATES: i32 = 20;
/** LSTM only. */
export const INITIAL_CELL: i32 = 21;
export const CELL: i32 = 22;
/** 0 when no gradient is wanted. */
export const CELLS: i32 = 23;
/** When gathered from one-hot vectors: flags, of which one is not 0 where a number of the kernel is not finite; and how many. */
export const FLAGS: i32 = 25;
export const FLAG_COUNT: i32 = 26;
/** GRU only. */
export const RESET_AFTER: i32 = 21;

// — of both

/** Rows of the batch that a chunk runs through all steps. */
export const ROWS: i32 = 24;

// — of a gradient kernel, beside those of the same name; `SEQUENCE`, `GATES` and `CELLS` are what the forward kernel kept

/** 0 when it is zeros, as are `D_STATE` and `D_CELL`. */
export const D_SEQUENCE: i32 = 0;
export const D_STATE: i32 = 1;
export const D_CELL: i32 = 2;
export const D_PROJECTION: i32 = 3;
/** Of each chunk, sums over its rows of the batch: gradients of the bias `[2, C]`, then of the recurrent kernel `[U, C]`. */
export const PARTIALS: i32 = 4;
export const D_INITIAL_STATE: i32 = 5;
export const D_INITIAL_CELL: i32 = 10;
/** GRU only: kept of every time for the recurrent kernel's gradient. With `resetAfter` the gradient of its product, `[B, T, 3U]`, else what the candidate's part is multiplied by, `[B, T, U]`. */
export const INNER: i32 = 2;
/** GRU without `resetAfter`: panels of the candidate's part of the recurrent kernel; `PACKED` are then those of the gates'. */
export const PACKED_CANDIDATE: i32 = 22;
/** Whether the recurrent kernel's gradient is summed here, too. */
export const WITH_WEIGHTS: i32 = 13;

/** The product with the kernel is there already. */
export const PROJECTED: i32 = 0;
/** Rows of x have one entry: rows of the kernel are gathered. */
export const GATHERED: i32 = 1;
/** x is multiplied as the steps go: the kernel is small. */
export const MULTIPLIED: i32 = 2;

/** Bytes at the beginning of a thread's memory that hold the arguments as integers. */
export const FRAME_BYTES: usize = 128;
const COUNT: i32 = 27;

/** Reads all arguments into the thread's memory, once for a chunk, and returns that memory's address. */
export function readArguments(job: usize, thread: i32): usize {
  const frame = pointerAt(job, SCRATCH) + <usize>thread * pointerAt(job, SCRATCH_BYTES);
  for (let i = 0; i < COUNT; i++) store<usize>(frame + (<usize>i << 2), pointerAt(job, i));
  return frame;
}

/** An argument that {@link readArguments} has read. */
// @ts-ignore: decorator
@inline
export function argument(frame: usize, index: i32): usize {
  return load<usize>(frame + (<usize>index << 2));
}
