import { createInterface } from 'node:readline';
import type { Prepared, Ran, Reply, Request } from '../protocol.js';

/** A piece of work, ready to be done so many times. */
export interface Work extends Omit<Exclude<Prepared, { cannot: string }>, 'engine'> {
  run(units: number): void | Promise<void>;
}

/** What cannot be done, and why: an answer, not a failure. */
export class CannotError extends Error {}

/** Answers the runner, over standard input and output, until the input ends. */
export async function serve(engine: string, prepare: (request: Extract<Request, { do: 'prepare' }>) => Promise<Work>): Promise<void> {
  let work: Work | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    const reply = await answer(async () => {
      if (request.do === 'prepare') {
        work = await prepare(request);
        const { run: _, ...rest } = work;
        return { engine, ...rest };
      }
      if (!work) throw new Error('nothing is prepared that could be run');
      return time(work, request.units);
    });
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

async function time(work: Work, units: number): Promise<Ran> {
  const begun = performance.now();
  await work.run(units);
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}

async function answer(reply: () => Promise<Reply>): Promise<Reply> {
  try {
    return await reply();
  } catch (error) {
    if (error instanceof CannotError) return { cannot: error.message };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
