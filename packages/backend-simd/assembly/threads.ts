// A queue of jobs over shared memory. The main thread puts jobs at its end and goes on with its own work; helpers run them, one after
// the other, and the main thread helps when it has to wait for a result. A job is cut into chunks, which threads claim one by one from
// a ticket, so a thread that is late, asleep or not there at all costs nothing: the others do its part. The next job begins when all
// chunks of the one before are done.
//
// The ticket holds the job's number above the count of unclaimed chunks. A chunk is taken with one compare-and-swap, which fails if
// the job that the thread read about is over and its slot has been given to another.
import { runChunk } from './gen/dispatch';
import { HEAD, JOBS, SLEEPERS, SLOT_BYTES, SLOTS, STOP, TAIL, WAITING } from './layout';

/** Looks that a thread takes at the queue before it sleeps: some 60 µs, as long as most pauses within a training step. */
const SPINS: i32 = 20000;
/** How long one sleep of the main thread lasts at the most, in nanoseconds: a bound on what a lost wake-up costs. */
const NAP: i64 = 2000000;

// A slot holds the ticket, the count of finished chunks, the kernel, the count of chunks, and from ARGUMENTS on what the kernel reads.
const DONE: usize = 8;
const KERNEL: usize = 12;
const CHUNKS: usize = 16;
const ARGUMENTS: usize = 64;

const NOTHING_THERE: i32 = 0;
const OTHERS_AT_IT: i32 = 1;
const WORKED: i32 = 2;

// @ts-ignore: decorator
@inline
function slotOf(job: i32): usize {
  return JOBS + <usize>(job & (SLOTS - 1)) * SLOT_BYTES;
}

/** Takes a chunk of a job; −1 where none is left. */
function claim(slot: usize, job: i32): i32 {
  let ticket = atomic.load<i64>(slot);
  while (<i32>(ticket >> 32) == job && <i32>ticket != 0) {
    const found = atomic.cmpxchg<i64>(slot, ticket, ticket - 1);
    if (found == ticket) return <i32>ticket - 1;
    ticket = found;
  }
  return -1;
}

/** Runs chunks of the first job in the queue until none is left to take. */
function work(thread: i32): i32 {
  const job = atomic.load<i32>(HEAD);
  if (job == atomic.load<i32>(TAIL)) return NOTHING_THERE;
  const slot = slotOf(job);
  let chunk = claim(slot, job);
  if (chunk < 0) return OTHERS_AT_IT;
  // Good until this thread reports its chunk: the job is not over before.
  const kernel = load<i32>(slot + KERNEL);
  const chunks = load<i32>(slot + CHUNKS);
  while (chunk >= 0) {
    runChunk(kernel, slot + ARGUMENTS, chunk, thread);
    if (atomic.add<i32>(slot + DONE, 1) + 1 == chunks) {
      // Unless the job was given up, because another of its chunks has failed.
      atomic.cmpxchg<i32>(HEAD, job, job + 1);
      if (atomic.load<i32>(WAITING) != 0) atomic.notify(HEAD, 1);
      break;
    }
    chunk = claim(slot, job);
  }
  return WORKED;
}

/** Runs all chunks of a job that is not in the queue on this thread. Its arguments stand in the slot of the next job. */
export function runAlone(kernel: i32, chunks: i32): void {
  const job = slotOf(load<i32>(TAIL)) + ARGUMENTS;
  for (let chunk = 0; chunk < chunks; chunk++) runChunk(kernel, job, chunk, 0);
}

/** Puts a job at the end of the queue. Its slot has to be free, and its arguments to stand there. */
export function push(kernel: i32, chunks: i32): void {
  const job = load<i32>(TAIL);
  const slot = slotOf(job);
  store<i32>(slot + DONE, 0);
  store<i32>(slot + KERNEL, kernel);
  store<i32>(slot + CHUNKS, chunks);
  atomic.store<i64>(slot, (<i64>job << 32) | <i64>chunks);
  atomic.store<i32>(TAIL, job + 1);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(TAIL, chunks);
}

/**
 * Works until the first `until` jobs are done, and returns 0; or returns 1 when helpers have been at the last chunks of a job for long,
 * and this thread, with nothing to do, might sleep.
 */
export function workUntil(until: i32): i32 {
  let spins = 0;
  let job = atomic.load<i32>(HEAD);
  while (job - until < 0) {
    if (work(0) == WORKED) spins = 0;
    else if (++spins == SPINS) return 1;
    job = atomic.load<i32>(HEAD);
  }
  return 0;
}

/** Sleeps until the first job in the queue is done. */
export function sleep(): void {
  const job = atomic.load<i32>(HEAD);
  atomic.store<i32>(WAITING, 1);
  // It may have been done before it could know that someone waits.
  if (atomic.load<i32>(HEAD) == job) atomic.wait<i32>(HEAD, job, NAP);
  atomic.store<i32>(WAITING, 0);
}

/** What a helper does until it is told to stop. `thread` is 1 or more. */
export function help(thread: i32): void {
  let spins = 0;
  while (atomic.load<i32>(STOP) == 0) {
    const tail = atomic.load<i32>(TAIL);
    if (work(thread) != NOTHING_THERE) spins = 0;
    else if (++spins == SPINS) {
      spins = 0;
      atomic.add<i32>(SLEEPERS, 1);
      if (atomic.load<i32>(STOP) == 0) atomic.wait<i32>(TAIL, tail, -1);
      atomic.sub<i32>(SLEEPERS, 1);
    }
  }
}
