import { afterEach, describe, expect, it, vi } from 'vitest';
import { platform } from '#platform';
import { kernelIds } from '#wasm';
import { hasRelaxedSimd, kernelsModule } from './kernels-module.js';
import { HEAP } from './layout.js';
import { Threads } from './threads.js';

const CHUNK = 16384;
const LENGTH = 5 * CHUNK + 3;
/** As in assembly/elementwise/binary.ts. */
const ADD = 0;
const MULTIPLY = 2;

/** Adds i and 1 for all i of a vector of several chunks, and returns how many sums are wrong. */
function wrongSums(threads: Threads, memory: WebAssembly.Memory): number {
  const [a, b, sum] = [0, 1, 2].map(index => HEAP + index * 4 * (LENGTH + 61)) as [number, number, number];
  new Float32Array(memory.buffer, a, LENGTH).forEach((_, index, values) => {
    values[index] = index;
  });
  new Float32Array(memory.buffer, b, LENGTH).fill(1);
  new Float32Array(memory.buffer, sum, LENGTH).fill(NaN);
  // One row, along which both operands move, cut into chunks; no outer axes; op 0 is the sum.
  threads.run(kernelIds.binary, 6, [a, b, sum, 1, LENGTH, 1, 1, CHUNK, 6, 1, 0, 0]);
  threads.finish();
  return new Float32Array(memory.buffer, sum, LENGTH).filter((value, index) => value !== index + 1).length;
}

function make(count: number): [Threads, WebAssembly.Memory] {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536, shared: true });
  return [new Threads(kernelsModule(hasRelaxedSimd() ? 'relaxed' : 'plain'), memory, count), memory];
}

describe('Threads', () => {
  afterEach(() => vi.restoreAllMocks());

  it('start when they are asked to be ready, compute together again and again, and end', async () => {
    const [threads, memory] = make(4);
    expect(threads.running).toBe(1);
    await threads.ready();
    expect(threads.running).toBe(4);
    for (let n = 0; n < 200; n++) if (wrongSums(threads, memory) !== 0) expect.fail(`wrong in round ${n}`);
    threads.stop();
    await vi.waitFor(() => expect(threads.running).toBe(1), { timeout: 10_000 });
    expect(wrongSums(threads, memory)).toBe(0);
  });

  it('wake up again after a pause', async () => {
    const [threads, memory] = make(3);
    await threads.ready();
    for (let n = 0; n < 20; n++) {
      await new Promise(resolve => setTimeout(resolve, 5));
      expect(wrongSums(threads, memory)).toBe(0);
    }
    threads.stop();
  });

  it('run jobs in their order, more of them than the queue holds', async () => {
    const [threads, memory] = make(3);
    await threads.ready();
    const numbers = new Float32Array(memory.buffer, HEAP, LENGTH).fill(0);
    const [one, half] = [1, 2].map(index => HEAP + index * 4 * (LENGTH + 61)) as [number, number];
    new Float32Array(memory.buffer, one, LENGTH).fill(1);
    new Float32Array(memory.buffer, half, LENGTH).fill(0.5);
    // (x + 1) / 2 comes to 1, x / 2 + 1 to 2: chunks of the next may not begin before all of this one's are done.
    for (let n = 0; n < 500; n++) {
      threads.run(kernelIds.binary, 6, [HEAP, half, HEAP, 1, LENGTH, 1, 1, CHUNK, 6, 1, 0, MULTIPLY]);
      threads.run(kernelIds.binary, 6, [HEAP, one, HEAP, 1, LENGTH, 1, 1, CHUNK, 6, 1, 0, ADD]);
    }
    threads.finish();
    expect(threads.idle).toBe(true);
    expect(numbers.every(value => value === 2)).toBe(true);
    threads.stop();
  });

  it.each([1, 2])('say that a kernel failed, on %i threads, and go on', async count => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const [threads, memory] = make(count);
    await threads.ready();
    // At the far end of the memory, where there is none yet.
    const outside = 2 ** 32 - 4 * LENGTH;
    const fail = (): void => threads.run(kernelIds.binary, 6, [outside, outside, outside, 1, LENGTH, 1, 1, CHUNK, 6, 1, 0, 0]);
    if (count === 1) expect(fail).toThrow(/memory access out of bounds/);
    else {
      fail();
      await vi.waitFor(() => expect(threads.running).toBe(1), { timeout: 10_000 });
      expect(() => threads.finish()).toThrow('a thread of the simd backend failed within a kernel');
      await vi.waitFor(() => expect(warn.mock.calls[0]?.[0]).toMatch(/died \(memory access out of bounds\)/), { timeout: 10_000 });
    }
    expect(threads.idle).toBe(true);
    expect(wrongSums(threads, memory)).toBe(0);
    threads.stop();
  });

  it('leave this one alone while other programs have the other processors', async () => {
    let busy = 0;
    // Of two processors others always have one.
    const look = vi.spyOn(platform, 'processorUsage').mockImplementation(() => {
      busy += 1000;
      return { processors: 2, total: 2 * busy, busy, own: 0 };
    });
    const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
    const [threads, memory] = make(2);
    const ready = threads.ready();
    now.mockReturnValue(10_001);
    await ready;
    /** Whether this thread did all of a job itself, after those between two looks. */
    const isAlone = (): boolean => {
      for (let n = 0; n < 64; n++) expect(wrongSums(threads, memory)).toBe(0);
      threads.run(kernelIds.binary, 6, [HEAP, HEAP, HEAP, 1, LENGTH, 1, 1, CHUNK, 6, 1, 0, 0]);
      const { idle } = threads;
      threads.finish();
      return idle;
    };
    // Nobody knows for how long they have had them.
    isAlone();
    expect(look).toHaveBeenCalledTimes(1);
    now.mockReturnValue(10_600);
    expect(isAlone()).toBe(true);
    expect(look).toHaveBeenCalledTimes(2);
    // Too soon to look again.
    now.mockReturnValue(10_700);
    expect(isAlone()).toBe(true);
    expect(look).toHaveBeenCalledTimes(2);
    threads.stop();
  });

  it('do without helpers that never come up', () => {
    vi.spyOn(platform, 'startHelper').mockReturnValue(undefined);
    const [threads, memory] = make(3);
    expect(wrongSums(threads, memory)).toBe(0);
    expect(threads.running).toBe(1);
  });

  it('warn about helpers that cannot start, and go on without them', async () => {
    vi.spyOn(platform, 'startHelper').mockImplementation(() => {
      throw new Error('no resources');
    });
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const [threads, memory] = make(3);
    await threads.ready();
    expect(threads.count).toBe(1);
    expect(warn.mock.calls).toEqual([['The simd backend goes on with 1 thread: 2 could not start, or died (no resources).']]);
    expect(wrongSums(threads, memory)).toBe(0);
  });

  it('warn about a helper that dies, and go on without it', async () => {
    const start = platform.startHelper;
    vi.spyOn(platform, 'startHelper').mockImplementation((settings, onFailure) =>
      // Only a module that is none makes it fail on its own thread.
      start(settings.thread === 1 ? { ...settings, module: {} as WebAssembly.Module } : settings, onFailure),
    );
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const [threads, memory] = make(3);
    await threads.ready();
    expect(threads.count).toBe(2);
    expect(warn.mock.calls[0]![0]).toMatch(/^The simd backend goes on with 2 threads: 1 could not start, or died \(WebAssembly\.Instance/);
    expect(wrongSums(threads, memory)).toBe(0);
    threads.stop();
  });
});
