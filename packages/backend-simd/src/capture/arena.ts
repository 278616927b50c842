import type { Allocator } from '../allocator.js';

/** A block that was handed out, in the order of a computation. */
interface Grant {
  readonly address: number;
  readonly size: number;
  /** Whether JavaScript wrote what it held. */
  readonly isWritten: boolean;
}

/**
 * The blocks of a computation that is captured. The first time that it is computed they are taken from the allocator, and from then on kept
 * for it alone; every later time it gets the same ones, in the same order. That fails when it asks for others, or writes something else.
 *
 * A block that the computation gives back goes to whatever of it asks next, as the allocator's do. But not one that JavaScript has written:
 * what it holds has to be there the next time that the kernels run.
 */
export class Arena {
  readonly #grants: Grant[] = [];
  /** Size → addresses of blocks that were given back. */
  readonly #free = new Map<number, number[]>();
  /** Addresses of the blocks that JavaScript wrote. */
  readonly #written = new Set<number>();
  /** Addresses of the blocks that tensors have now. */
  readonly #live = new Set<number>();
  /** The next of the grants to be given again; undefined the first time. */
  #next: number | undefined;

  constructor(private readonly allocator: Allocator) {}

  /** Whether a tensor has the block at `address`. */
  has(address: number): boolean {
    return this.#live.has(address);
  }

  /** Begins to hand out the same blocks again. */
  rewind(): void {
    this.#next = 0;
  }

  /** Whether all blocks were handed out again. */
  get isExhausted(): boolean {
    return this.#next === this.#grants.length;
  }

  /** Address of a block of `size` bytes; undefined when it is not the one of the first time. */
  allocate(size: number): number | undefined {
    if (this.#next !== undefined) return this.#grantAgain(size, false);
    return this.#grant(this.#free.get(size)?.pop() ?? this.allocator.take(size, this), size, false);
  }

  /** Address of a block of `size` bytes that holds `bytes`; undefined when it is not the one of the first time, or held others then. */
  write(bytes: Uint8Array, size: number): number | undefined {
    if (this.#next === undefined) {
      const address = this.#grant(this.allocator.takeSettled(size, this), size, true);
      this.allocator.bytesAt(address, bytes.length).set(bytes);
      return address;
    }
    const address = this.#grantAgain(size, true);
    if (address === undefined) return undefined;
    const before = this.allocator.bytesAt(address, bytes.length);
    if (before.every((byte, index) => byte === bytes[index])) return address;
    this.#live.delete(address);
    return undefined;
  }

  #grant(address: number, size: number, isWritten: boolean): number {
    this.#grants.push({ address, size, isWritten });
    if (isWritten) this.#written.add(address);
    this.#live.add(address);
    return address;
  }

  #grantAgain(size: number, isWritten: boolean): number | undefined {
    const grant = this.#grants[this.#next!++];
    if (!grant || grant.size !== size || grant.isWritten !== isWritten || this.#live.has(grant.address)) return undefined;
    this.#live.add(grant.address);
    return grant.address;
  }

  /** Takes a block back from a tensor. */
  free(address: number, size: number): void {
    this.#live.delete(address);
    if (this.#next !== undefined || this.#written.has(address)) return;
    const list = this.#free.get(size);
    if (list) list.push(address);
    else this.#free.set(size, [address]);
  }

  /** Gives all blocks back to the allocator; those that tensors have, when these are freed. */
  release(): void {
    for (const address of new Set(this.#grants.map(grant => grant.address))) this.allocator.disown(address, this.#live.has(address));
  }
}
