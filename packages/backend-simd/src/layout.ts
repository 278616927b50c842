// The addresses that assembly/layout.ts fixes, and two words that only the JavaScript side reads.

/** Number of the first job in the queue that is not done. */
export const HEAD = 64;
/** Number that the next job will have. */
export const TAIL = 128;
/** How many helpers sleep. */
export const SLEEPERS = 192;
/** 1 when helpers shall end. */
export const STOP = 320;
/** Count of helpers that run. */
export const RUNNING = 384;
/** 1 when a helper failed. */
export const FAILED = 448;
/** The jobs: job n in slot n modulo {@link SLOTS}. */
export const JOBS: number = 512 + 64 * 192 + 512;
/** Jobs that the queue holds. */
export const SLOTS = 256;
/** Bytes of a slot. */
export const SLOT_BYTES = 576;
/** Where in its slot the arguments of a job begin: assembly/threads.ts has the same. */
export const ARGUMENTS = 64;
/** First byte that is handed out: what goes before is 512 bytes of words, 192 bytes for each of up to 64 threads, 512 of constants, and the jobs. */
export const HEAP: number = JOBS + SLOTS * SLOT_BYTES;
