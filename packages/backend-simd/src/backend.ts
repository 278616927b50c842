import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type backend_util, type DataType, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelIds } from '#wasm';
import { Allocator } from './allocator.js';
import { Capture } from './capture/capture.js';
import { SimdError } from './errors.js';
import { type KernelBuild, kernelsModule } from './kernels-module.js';
import { HEAP } from './layout.js';
import { TensorData, type Values } from './tensor-data.js';
import { Threads } from './threads.js';

/** Settings of a backend, all given. */
export interface BackendSettings {
  readonly kernels: KernelBuild;
  readonly threads: number;
  readonly deterministic: boolean;
  /** Bytes. */
  readonly maximumMemory: number;
}

/** Name of a kernel of assembly/. */
export type KernelName = keyof typeof kernelIds;

type BackendValues = backend_util.BackendValues;

/** Bytes of a WebAssembly page. */
const PAGE = 65536;
const FIRST_PAGES = 64;

/**
 * The tfjs backend `simd`. Numbers lie in one WebAssembly memory, which kernels and threads share; strings, and the two halves of
 * complex numbers, are kept as on `cpu`. It is `cpu`'s backend in all else, so that `cpu`'s kernels run on it.
 */
export class SimdBackend extends MathBackendCPU {
  readonly #memory: WebAssembly.Memory;
  readonly #allocator: Allocator;
  readonly #threads: Threads;
  /** Watches the kernels that run now. */
  #capture: Capture | undefined;

  constructor(readonly settings: BackendSettings) {
    super();
    const { memory, maximumBytes } = reserve(settings.maximumMemory);
    this.#memory = memory;
    this.#threads = new Threads(kernelsModule(settings.kernels), memory, settings.threads);
    this.#allocator = new Allocator(memory, HEAP, maximumBytes, this.#threads);
  }

  // — What kernels use

  /**
   * Has a kernel run after all those before: chunks 0 … chunks − 1, in any order, on all threads. It may not have run when this returns:
   * who looks at memory through the views below waits for it. Cut work by its size alone, never by the number of threads, wherever the
   * cut shows in the result; a chunk should take five microseconds or more.
   *
   * @param args as the kernel reads them with `pointerAt`, `intAt`, `floatAt`; up to 64.
   */
  run(kernel: KernelName, chunks: number, ...args: number[]): void {
    this.#threads.run(kernelIds[kernel], chunks, args);
    this.#capture?.ran(kernelIds[kernel], chunks, args);
  }

  /** Address of the values of a tensor of numbers. */
  pointer(tensor: TensorInfo): number {
    const data = this.#dataOf(tensor.dataId);
    this.#capture?.uses(data);
    data.settle();
    return data.pointer;
  }

  /** A new tensor of numbers, whose values are not defined yet. */
  output(shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
    const data = new TensorData(this.#memory, this.#allocator, this.#threads, dtype);
    data.allocate(util.sizeFromShape(shape as number[]));
    this.data.set(data, data);
    return { dataId: data, shape: [...shape], dtype };
  }

  /** The same values under another shape: no copy. The caller owns the result as it does that of {@link output}. */
  alias(tensor: TensorInfo, shape: readonly number[], dtype: DataType = tensor.dtype): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype };
  }

  /** Has `write` put the kernels that write the values of a tensor into the queue when someone asks for its address or values: perhaps never. */
  writeLater(tensor: TensorInfo, write: () => void): void {
    this.#dataOf(tensor.dataId).unwritten = write;
  }

  /** To be called when the kernels that make the values of a tensor are in the queue: who reads it waits for no later ones. */
  made(tensor: TensorInfo): void {
    const data = this.#dataOf(tensor.dataId);
    if (data.readyAt !== Number.POSITIVE_INFINITY) return;
    data.readyAt = this.#threads.next;
    this.#capture?.made(data);
  }

  /** To be called when a kernel that changes a tensor in place is in the queue. */
  changed(tensor: TensorInfo): void {
    this.#dataOf(tensor.dataId).changed(this.#threads.next);
    this.#allocator.arena = undefined;
  }

  /** Address of what {@link keepNote} has kept with the values of a tensor, 0 for nothing. */
  noteOf(tensor: TensorInfo): number {
    const data = this.#dataOf(tensor.dataId);
    this.#capture?.uses(data);
    return data.note;
  }

  /** Keeps a scratch with the values of a tensor: something about them that was costly to find out. It is released when they are freed. */
  keepNote(tensor: TensorInfo, scratch: number): void {
    const data = this.#dataOf(tensor.dataId);
    data.dropNote();
    data.note = scratch;
  }

  /** Address of `bytes` for a kernel's own use; give them back with {@link releaseScratch}. What they hold is not defined. */
  scratch(bytes: number): number {
    return this.#allocator.allocate(bytes);
  }

  releaseScratch(pointer: number): void {
    this.#allocator.free(pointer);
  }

  /** Runs a kernel of `cpu`, which may read the values of tensors that it has disposed of: on `cpu` they live as long as anyone sees them. */
  borrow<Result>(kernel: () => Result): Result {
    return this.#allocator.keepFreed(kernel);
  }

  /** A view of memory when all kernels have run, good until the next is, or memory grows (with the next output or scratch). */
  floats(pointer: number, length: number): Float32Array {
    this.finish();
    return new Float32Array(this.#memory.buffer, pointer, length);
  }

  /** A view of memory when all kernels have run, good until the next is, or memory grows. */
  ints(pointer: number, length: number): Int32Array {
    this.finish();
    return new Int32Array(this.#memory.buffer, pointer, length);
  }

  /** A view of memory when all kernels have run, good until the next is, or memory grows. */
  bytes(pointer: number, length: number): Uint8Array {
    this.finish();
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  /** Whether a test holds of the values of a tensor of int32; undefined if they are not known without waiting for kernels. */
  holds(tensor: TensorInfo, test: (numbers: Int32Array) => boolean): boolean | undefined {
    const data = this.#dataOf(tensor.dataId);
    if (!data.written) return undefined;
    const answer = test(data.written);
    this.#capture?.lookedAt(data, test, answer);
    return answer;
  }

  /** Address of numbers for a kernel's own use; give them back with {@link releaseScratch}. */
  scratchOf(numbers: Float64Array | Int32Array | Uint8Array): number {
    return this.#allocator.write(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }

  /**
   * Does what is no part of a computation that is captured, and may look at memory. The kernels that run after it must be right whatever it
   * finds, and it may run none that others need: ask for addresses before.
   */
  aside<Result>(work: () => Result): Result {
    const capture = this.#capture;
    const { arena } = this.#allocator;
    this.#capture = this.#allocator.arena = undefined;
    try {
      return work();
    } finally {
      this.#capture = capture;
      this.#allocator.arena = arena;
    }
  }

  /** Something that will be computed again and again, by the same kernels: {@link Capture}. */
  capture(): Capture {
    return new Capture({
      allocator: this.#allocator,
      threads: this.#threads,
      dataOf: tensor => this.#dataOf(tensor.dataId),
      watchedBy: capture => {
        this.#capture = capture;
      },
    });
  }

  // — Threads and memory

  /** Threads that compute once all are up. */
  get threads(): number {
    return this.#threads.count;
  }

  /** Bytes of the memory, used or not. */
  get memoryBytes(): number {
    return this.#allocator.memoryBytes;
  }

  get bytesInUse(): number {
    return this.#allocator.bytesInUse;
  }

  /** Waits until all kernels have run: JavaScript is to read, or write, what they have computed. What depends on that is not captured. */
  finish(): void {
    this.#allocator.arena = undefined;
    this.#threads.finish();
  }

  /** Starts the threads, and waits until they are up. */
  async ready(): Promise<void> {
    await this.#threads.ready();
  }

  // — What tfjs-core calls

  override write(values: BackendValues, shape: number[], dtype: DataType): object {
    const data = new TensorData(this.#memory, this.#allocator, this.#threads, dtype);
    // Kept only once it has its room: there may be none.
    this.#fill(data, values, shape);
    this.data.set(data, data);
    return data;
  }

  override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    const data = new TensorData(this.#memory, this.#allocator, this.#threads, dtype);
    data.refCount = refCount;
    this.#fill(data, values, shape);
    this.data.set(dataId, data);
  }

  #fill(data: TensorData, values: BackendValues | undefined, shape: readonly number[]): void {
    if (values != null) data.values = values as Values;
    // An op that fills its output later still needs room for it.
    else if (data.dtype !== 'complex64' && data.dtype !== 'string') data.allocate(util.sizeFromShape(shape as number[]));
  }

  /** A copy: the memory itself would change under its reader, and is of a kind that many functions of the platform refuse. */
  override readSync(dataId: object): BackendValues {
    const data = this.#dataOf(dataId);
    return data.pointer === 0 ? super.readSync(dataId) : data.copy();
  }

  override refCount(dataId: object): number {
    return this.data.has(dataId) ? this.#dataOf(dataId).refCount : 0;
  }

  override disposeData(dataId: object, force = false): boolean {
    const data = this.data.has(dataId) ? this.#dataOf(dataId) : undefined;
    const gone = super.disposeData(dataId, force);
    if (gone) data?.free();
    return gone;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] };
  }

  /** Milliseconds that the kernels of `f` take. */
  override async time(f: () => void): Promise<{ kernelMs: number }> {
    this.finish();
    const begin = performance.now();
    f();
    this.finish();
    return { kernelMs: performance.now() - begin };
  }

  override dispose(): void {
    this.#threads.stop();
  }

  #dataOf(dataId: object): TensorData {
    // Its own key, unless it came from another backend: a look at it is quicker than one into the map, which fetches such values.
    if (dataId instanceof TensorData && dataId.memory === this.#memory && dataId.pointer !== 0) return dataId;
    return this.data.get(dataId) as TensorData;
  }
}

/** A shared memory that may grow to `wantedBytes`, or as far as this machine lets it. */
function reserve(wantedBytes: number): { memory: WebAssembly.Memory; maximumBytes: number } {
  const maximum = Math.floor(wantedBytes / PAGE);
  const initial = Math.min(FIRST_PAGES, maximum);
  for (let pages = maximum; pages >= initial; pages = Math.floor(pages / 2)) {
    try {
      return { memory: new WebAssembly.Memory({ initial, maximum: pages, shared: true }), maximumBytes: pages * PAGE };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new SimdError('SIMD_MEMORY', `this machine gives no memory of ${initial * PAGE} bytes for the simd backend`);
}
