import type { Arena } from './capture/arena.js';
import { SimdError } from './errors.js';

/** Bytes of a WebAssembly page. */
const PAGE = 65536;
/** Every block begins at a multiple of this, and takes one: a cache line, so that threads that write neighbouring tensors share none. */
const GRAIN = 64;

interface Block {
  address: number;
  bytes: number;
}

/** The kernels that are yet to run, and may read and write what JavaScript has given back. */
export interface Jobs {
  /** Number of the next job. */
  readonly next: number;
  /** Whether all jobs before number `job` are done. */
  areDone(job: number): boolean;
  /** Waits until all are. */
  finish(): void;
}

/**
 * Hands out blocks of one WebAssembly memory.
 *
 * A block that is given back goes to the next who asks, although kernels that read it may yet have to run: the kernels that write it anew
 * run after them. Only what JavaScript itself is to write needs a block that none of them uses: {@link write}.
 *
 * Sizes are rounded up to classes, four to each doubling, and a freed block waits in the list of its class: the steps of a training
 * run ask for the same sizes again and again, and find them there. Only when memory would have to grow are neighbouring free blocks
 * joined, and the lists made anew.
 */
export class Allocator {
  /** First byte that was never handed out. */
  #top: number;
  /** Address → bytes, of the blocks in use. */
  readonly #used = new Map<number, number>();
  /** Bytes → of each free block of just that size its address, then the number of the job before which it was given back. */
  #free = new Map<number, number[]>();
  /** Free blocks of any size, which joining made. */
  #spare: Block[] = [];
  #bytesInUse = 0;
  /** Addresses that were given back and wait for the end of {@link keepFreed}. */
  #kept: number[] | undefined;
  /** The blocks that belong to arenas, which take them back. */
  readonly #owners = new Map<number, Arena>();
  /** Hands out the blocks of a computation that is captured. Set while that runs. */
  arena: Arena | undefined;

  /**
   * @param start first byte that may be handed out.
   * @param maximumBytes how far the memory may grow.
   * @param jobs the kernels that use the memory.
   */
  constructor(
    private readonly memory: WebAssembly.Memory,
    start: number,
    private readonly maximumBytes: number,
    private readonly jobs: Jobs,
  ) {
    this.#top = Math.ceil(start / GRAIN) * GRAIN;
  }

  get bytesInUse(): number {
    return this.#bytesInUse;
  }

  /** Bytes of the memory, handed out or not. */
  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Address of a block of at least `bytes`, a multiple of 64. What it holds is not defined.
   *
   * @throws {SimdError} `SIMD_MEMORY` when there is no room for it.
   */
  allocate(bytes: number): number {
    const size = sizeClass(bytes);
    if (this.arena) {
      const address = this.arena.allocate(size);
      if (address !== undefined) return address;
      this.arena = undefined;
    }
    return this.take(size);
  }

  /** Address of a block that holds a copy of `bytes`, whatever kernels are yet to run. @throws {SimdError} as {@link allocate} */
  write(bytes: Uint8Array): number {
    const size = sizeClass(bytes.length);
    if (this.arena) {
      const address = this.arena.write(bytes, size);
      if (address !== undefined) return address;
      this.arena = undefined;
    }
    const address = this.takeSettled(size);
    this.bytesAt(address, bytes.length).set(bytes);
    return address;
  }

  /** A view, good until memory grows. */
  bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** A block of just `size`, a size of {@link sizeClass}. @param owner who takes it back, instead of this allocator */
  take(size: number, owner?: Arena): number {
    const free = this.#free.get(size);
    // The job's number is on top. The block that came last is in the caches yet.
    free?.pop();
    return this.#handOut(free?.pop(), size, owner);
  }

  /** As {@link take}, a block that no job reads or writes any more. */
  takeSettled(size: number, owner?: Arena): number {
    const free = this.#free.get(size);
    if (!free || free.length === 0) return this.#handOut(undefined, size, owner);
    // The first in the list is the one that was given back first.
    if (this.jobs.areDone(free[1]!)) return this.#handOut(free.splice(0, 2)[0], size, owner);
    const address = this.#fromSpare(size) ?? this.#fromTop(size);
    if (address !== undefined) return this.#handOut(address, size, owner);
    this.jobs.finish();
    return this.take(size, owner);
  }

  /** Bytes of the block in use at `address`; 0 where none is. */
  sizeOf(address: number): number {
    return this.#used.get(address) ?? 0;
  }

  /** Takes a block from its arena, and back, unless a tensor has it still. */
  disown(address: number, isUsed: boolean): void {
    this.#owners.delete(address);
    if (!isUsed) this.#release(address);
  }

  #handOut(found: number | undefined, size: number, owner: Arena | undefined): number {
    const address = found ?? this.#fromSpare(size) ?? this.#fromTop(size) ?? this.#afterJoining(size) ?? this.#afterGrowing(size);
    if (address === undefined) throw this.#exhausted(size);
    if (owner) this.#owners.set(address, owner);
    this.#used.set(address, size);
    this.#bytesInUse += size;
    return address;
  }

  /** Takes back a block that {@link allocate} handed out. */
  free(address: number): void {
    if (this.#kept) this.#kept.push(address);
    else this.#release(address);
  }

  /** What `work` gives back keeps its values, and is not handed out anew, until `work` is done. */
  keepFreed<Result>(work: () => Result): Result {
    if (this.#kept) return work();
    const kept: number[] = [];
    this.#kept = kept;
    try {
      return work();
    } finally {
      this.#kept = undefined;
      for (const address of kept) this.#release(address);
    }
  }

  #release(address: number): void {
    const size = this.#used.get(address);
    if (size === undefined) throw new Error(`${address} is not the address of a block in use`);
    const owner = this.#owners.size > 0 ? this.#owners.get(address) : undefined;
    if (owner) {
      owner.free(address, size);
      return;
    }
    this.#used.delete(address);
    this.#bytesInUse -= size;
    const list = this.#free.get(size);
    if (list) list.push(address, this.jobs.next);
    else this.#free.set(size, [address, this.jobs.next]);
  }

  #fromTop(size: number): number | undefined {
    if (this.#top + size > this.memoryBytes) return undefined;
    const address = this.#top;
    this.#top += size;
    return address;
  }

  /** The beginning of the smallest spare block that has `size` bytes. */
  #fromSpare(size: number): number | undefined {
    let best: Block | undefined;
    for (const block of this.#spare) if (block.bytes >= size && (!best || block.bytes < best.bytes)) best = block;
    if (!best) return undefined;
    const { address } = best;
    best.address += size;
    best.bytes -= size;
    if (best.bytes === 0) this.#spare.splice(this.#spare.indexOf(best), 1);
    return address;
  }

  /** Makes spare blocks of all free ones, neighbours joined; settled ones, as spare blocks are. */
  #afterJoining(size: number): number | undefined {
    this.jobs.finish();
    const free = [...this.#free].flatMap(([bytes, list]) =>
      list.filter((_, index) => index % 2 === 0).map(address => ({ address, bytes })),
    );
    const blocks = [...free, ...this.#spare].sort((a, b) => a.address - b.address);
    this.#free = new Map();
    this.#spare = [];
    for (const block of blocks) {
      const last = this.#spare.at(-1);
      if (last && last.address + last.bytes === block.address) last.bytes += block.bytes;
      else this.#spare.push(block);
    }
    const last = this.#spare.at(-1);
    if (last && last.address + last.bytes === this.#top) {
      this.#top = last.address;
      this.#spare.pop();
    }
    return this.#fromSpare(size) ?? this.#fromTop(size);
  }

  /** Grows by an eighth at the least, so that a run grows its memory a few times and not at every step. */
  #afterGrowing(size: number): number | undefined {
    const have = this.memoryBytes;
    const needed = this.#top + size;
    for (const wanted of [Math.max(needed, Math.min(have + Math.floor(have / 8), this.maximumBytes)), needed]) {
      if (wanted > this.maximumBytes) continue;
      try {
        this.memory.grow(Math.ceil((wanted - have) / PAGE));
        return this.#fromTop(size);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return undefined;
  }

  #exhausted(bytes: number): SimdError {
    const mebibytes = (count: number): string => `${(count / 2 ** 20).toFixed(1)} MiB`;
    return new SimdError(
      'SIMD_MEMORY',
      `no room for ${mebibytes(bytes)}: ${mebibytes(this.#bytesInUse)} are in use, and the memory may grow to ${mebibytes(this.maximumBytes)}; dispose tensors, or take smaller batches`,
    );
  }
}

/** The smallest size of a block that has `bytes`: 64 times a whole number below 8, then four sizes to each doubling. */
function sizeClass(bytes: number): number {
  const grains = Math.max(1, Math.ceil(bytes / GRAIN));
  if (grains < 8) return grains * GRAIN;
  const step = 1 << (29 - Math.clz32(grains));
  return Math.ceil(grains / step) * step * GRAIN;
}
