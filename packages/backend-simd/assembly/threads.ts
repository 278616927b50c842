// Fork and join over shared memory. A job is cut into chunks; the thread that forks and those that help claim them one by one from
// one ticket, so a thread that is late, asleep or not there at all costs nothing: the others do its part.
//
// The ticket holds the job's number above the count of unclaimed chunks. A helper takes a chunk with one compare-and-swap, which
// fails if the job that it read about is over: then what it read of the next one's description, perhaps half written, is dropped.
import { runChunk } from './gen/dispatch';
import { DONE, EPOCH, JOB, KERNEL, SLEEPERS, STOP, TICKET, WAITING } from './layout';

/** Looks that a helper takes at the epoch before it sleeps: some 100 µs, the time between two kernels of a training step. */
const SPINS_BEFORE_SLEEP: i32 = 60000;
/** Looks at the count of finished chunks before the joining thread sleeps, if it may. */
const SPINS_BEFORE_WAIT: i32 = 60000;
/** How long one sleep lasts at the most, in nanoseconds: a bound on what a lost wake-up costs. */
const NAP: i64 = 2000000;

/** Takes a chunk of job `epoch`; −1 where none is left. */
function claim(epoch: i32): i32 {
  let ticket = atomic.load<i64>(TICKET);
  while (<i32>(ticket >> 32) == epoch && <i32>ticket != 0) {
    const found = atomic.cmpxchg<i64>(TICKET, ticket, ticket - 1);
    if (found == ticket) return <i32>ticket - 1;
    ticket = found;
  }
  return -1;
}

/** Runs all chunks on this thread. */
export function runAlone(kernel: i32, chunks: i32): void {
  for (let chunk = 0; chunk < chunks; chunk++) runChunk(kernel, JOB, chunk, 0);
}

/** Offers all chunks to the helpers, and runs those that none of them takes. Returns how many they took. */
export function fork(kernel: i32, chunks: i32): i32 {
  store<i32>(KERNEL, kernel);
  atomic.store<i32>(DONE, 0);
  const epoch = atomic.load<i32>(EPOCH) + 1;
  atomic.store<i64>(TICKET, (<i64>epoch << 32) | <i64>chunks);
  atomic.store<i32>(EPOCH, epoch);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(EPOCH, chunks - 1);
  let others = chunks;
  for (let chunk = claim(epoch); chunk >= 0; chunk = claim(epoch)) {
    runChunk(kernel, JOB, chunk, 0);
    others--;
  }
  return others;
}

/** Returns when helpers have finished the `others` chunks that they took. */
export function join(others: i32, mayBlock: i32): void {
  let spins = 0;
  while (atomic.load<i32>(DONE) < others) {
    if (++spins < SPINS_BEFORE_WAIT || !mayBlock) continue;
    atomic.store<i32>(WAITING, 1);
    const done = atomic.load<i32>(DONE);
    if (done < others) atomic.wait<i32>(DONE, done, NAP);
    atomic.store<i32>(WAITING, 0);
  }
}

/** What a helper does until it is told to stop. `thread` is 1 or more. */
export function help(thread: i32): void {
  let seen = 0;
  for (;;) {
    let spins = 0;
    while (atomic.load<i32>(EPOCH) == seen) {
      if (++spins < SPINS_BEFORE_SLEEP) continue;
      atomic.add<i32>(SLEEPERS, 1);
      atomic.wait<i32>(EPOCH, seen, -1);
      atomic.sub<i32>(SLEEPERS, 1);
      spins = 0;
    }
    seen = atomic.load<i32>(EPOCH);
    if (atomic.load<i32>(STOP) != 0) return;
    const kernel = load<i32>(KERNEL);
    for (let chunk = claim(seen); chunk >= 0; chunk = claim(seen)) {
      runChunk(kernel, JOB, chunk, thread);
      atomic.add<i32>(DONE, 1);
      if (atomic.load<i32>(WAITING) != 0) atomic.notify(DONE, 1);
    }
  }
}
