// Where things lie in the first bytes of the memory, which the allocator never hands out. The words that threads meet at are
// 64 bytes apart, so that none shares a cache line with another.

/** Number of the first job in the queue that is not done; the main thread sleeps on it. */
export const HEAD: usize = 64;
/** Number that the next job will have; helpers sleep on it. */
export const TAIL: usize = 128;
/** How many helpers sleep. */
export const SLEEPERS: usize = 192;
/** 1 while the main thread sleeps. */
export const WAITING: usize = 256;
/** 1 when helpers shall end. */
export const STOP: usize = 320;
/** 192 bytes for each of up to 64 threads, through which the edges of a matrix product pass. */
export const EDGES: usize = 512;
/** Up to 128 float32 that math/constants.ts writes. */
export const CONSTANTS: usize = 512 + 64 * 192;
/** The jobs: job n in slot n modulo {@link SLOTS}. */
export const JOBS: usize = 512 + 64 * 192 + 512;
/** Jobs that the queue holds; a power of two. */
export const SLOTS: i32 = 256;
/** Bytes of a slot: 64 about the job, then its arguments, up to 64 float64. */
export const SLOT_BYTES: usize = 576;
