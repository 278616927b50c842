import { describe, expect, it } from 'vitest';
import { Allocator, type Jobs } from './allocator.js';

const PAGE = 65536;
const memory = (pages = 1): WebAssembly.Memory => new WebAssembly.Memory({ initial: pages, maximum: 64, shared: true });

const noJobs: Jobs = { next: 0, areDone: () => true, finish() {} };

describe('Allocator', () => {
  it('hands out blocks that do not overlap, at multiples of 64, from the start on', () => {
    const allocator = new Allocator(memory(), 1000, 64 * PAGE, noJobs);
    const sizes = [0, 1, 64, 65, 500, 4096, 5000, 100_000, 3];
    const blocks = sizes.map(bytes => ({ bytes, address: allocator.allocate(bytes) })).sort((a, b) => a.address - b.address);
    expect(blocks[0]!.address).toBe(1024);
    blocks.forEach(({ address, bytes }, index) => {
      expect(address % 64).toBe(0);
      expect(address + Math.max(1, bytes)).toBeLessThanOrEqual(blocks[index + 1]?.address ?? allocator.memoryBytes);
    });
  });

  it('does not grow over 10,000 steps that free what they take', () => {
    const allocator = new Allocator(memory(), 0, 64 * PAGE, noJobs);
    const step = (n: number): void => {
      const addresses = [40, 1000, 70_000, 200_000, 12, 64 * (1 + (n % 5))].map(bytes => allocator.allocate(bytes));
      for (const address of addresses) allocator.free(address);
    };
    for (let n = 0; n < 5; n++) step(n);
    const after = allocator.memoryBytes;
    for (let n = 0; n < 10_000; n++) step(n);
    expect(allocator.memoryBytes).toBe(after);
    expect(allocator.bytesInUse).toBe(0);
  });

  it('joins neighbouring free blocks before it gives up', () => {
    const allocator = new Allocator(memory(4), 0, 4 * PAGE, noJobs);
    const small = Array.from({ length: 256 }, () => allocator.allocate(1024));
    expect(() => allocator.allocate(2048)).toThrow(/no room/);
    for (const address of small.slice(1)) allocator.free(address);
    const large = allocator.allocate(200_000);
    expect(large).toBeGreaterThan(0);
    allocator.free(large);
    allocator.free(small[0]!);
    expect(allocator.allocate(4 * PAGE)).toBe(0);
  });

  it('says how much is in use when there is no room', () => {
    const allocator = new Allocator(memory(), 0, 2 * PAGE, noJobs);
    allocator.allocate(PAGE);
    expect(() => allocator.allocate(2 * PAGE)).toThrow(
      expect.objectContaining({
        code: 'SIMD_MEMORY',
        message: 'no room for 0.1 MiB: 0.1 MiB are in use, and the memory may grow to 0.1 MiB; dispose tensors, or take smaller batches',
      }),
    );
  });

  it('hands out nothing that was given back inside keepFreed before its end', () => {
    const allocator = new Allocator(memory(), 0, PAGE, noJobs);
    const address = allocator.allocate(64);
    const inside = allocator.keepFreed(() => {
      allocator.free(address);
      return allocator.allocate(64);
    });
    expect(inside).not.toBe(address);
    expect(allocator.bytesInUse).toBe(64);
    expect(allocator.allocate(64)).toBe(address);
  });

  it('hands out settled blocks only when no job reads them any more', () => {
    let done = 0;
    const jobs = { next: 0, areDone: (job: number) => job <= done, finish: () => void (done = jobs.next) };
    const allocator = new Allocator(memory(), 0, 2 * PAGE, jobs);
    const [first, second] = [allocator.allocate(PAGE / 2), allocator.allocate(PAGE / 4)];
    jobs.next = 1;
    allocator.free(first);
    jobs.next = 2;
    allocator.free(second);
    // Job 0 reads the first, and has not run: the rest of the page is taken.
    expect(allocator.write(new Uint8Array(PAGE / 4))).toBe(0.75 * PAGE);
    done = 1;
    expect(allocator.write(new Uint8Array(PAGE / 2))).toBe(first);
    expect(done).toBe(1);
    // No room but that of the second: it is waited for.
    expect(allocator.write(new Uint8Array(PAGE / 4))).toBe(second);
    expect(done).toBe(2);
  });

  it('takes a block back once', () => {
    const allocator = new Allocator(memory(), 0, PAGE, noJobs);
    const address = allocator.allocate(64);
    allocator.free(address);
    expect(() => allocator.free(address)).toThrow('0 is not the address of a block in use');
  });
});
