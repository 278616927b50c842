// The addresses that assembly/layout.ts fixes, for the JavaScript side.

/** Number of the latest job. */
export const EPOCH = 64;
/** Chunks that helpers have finished. */
export const DONE = 192;
/** 1 when helpers shall end. */
export const STOP = 384;
/** Count of helpers that run. */
export const RUNNING = 456;
/** 1 when a helper failed. */
export const FAILED = 460;
/** Arguments of the job. */
export const JOB = 512;
/** First byte that is handed out: what goes before is 192 bytes for each of up to 64 threads, and 512 of constants. */
export const HEAP: number = 1024 + 64 * 192 + 512;
