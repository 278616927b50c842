// Where things lie in the first bytes of the memory, which the allocator never hands out. The words that threads meet at are
// 64 bytes apart, so that none shares a cache line with another.

/** Number of the latest job; a helper sleeps on it. */
export const EPOCH: usize = 64;
/** Number of the job, times 2³², plus the count of its unclaimed chunks. */
export const TICKET: usize = 128;
/** Chunks that helpers have finished; the joining thread sleeps on it. */
export const DONE: usize = 192;
/** How many helpers sleep. */
export const SLEEPERS: usize = 256;
/** 1 while the joining thread sleeps. */
export const WAITING: usize = 320;
/** 1 when helpers shall end. */
export const STOP: usize = 384;
/** Number of the kernel that the job runs. */
export const KERNEL: usize = 448;
/** Arguments of the job: up to 64 float64. */
export const JOB: usize = 512;
/** 192 bytes for each of up to 64 threads, through which the edges of a matrix product pass. */
export const EDGES: usize = 1024;
/** Up to 128 float32 that math/constants.ts writes. */
export const CONSTANTS: usize = 1024 + 64 * 192;
