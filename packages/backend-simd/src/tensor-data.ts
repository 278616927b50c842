import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { DataType } from '@tensorflow/tfjs-core';
import type { Allocator } from './allocator.js';
import type { Threads } from './threads.js';

/** What the `cpu` backend keeps of a tensor. */
type CpuTensorData = ReturnType<MathBackendCPU['data']['get']>;
/** Values as tfjs' kernels pass them. */
export type Values = NonNullable<CpuTensorData['values']>;

const views = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

type NumericType = keyof typeof views;

const isNumeric = (dtype: DataType): dtype is NumericType => Object.hasOwn(views, dtype);

/** Elements of which a copy is kept. */
const MOST_KEPT = 262144;

/**
 * The values of a tensor, and its own key in the backend. It looks to `cpu`'s kernels like their record of a tensor: `values` are read
 * as a view of the memory, once all jobs are done, and assigned by copying into it.
 */
export class TensorData implements CpuTensorData {
  refCount = 1;
  complexTensorInfos?: NonNullable<CpuTensorData['complexTensorInfos']>;
  /** Address of the values; 0 for strings, complex numbers, and what was freed. */
  pointer = 0;
  /** Address of what a kernel found out about the values and keeps with them, 0 for nothing. It is freed with them. */
  note = 0;
  /** Puts the kernels into the queue that write the values, which nobody has asked for yet. */
  unwritten: (() => void) | undefined;
  /** Number of the job before which the values are there; infinite while that is not known. */
  readyAt: number = Number.POSITIVE_INFINITY;
  #length = 0;
  /** Strings. */
  #others: Values | undefined;
  /** A copy of what was written, if that is short and int32: ids, which are looked at again on the way, when kernels are at work. */
  #written: Int32Array | undefined;

  constructor(
    readonly memory: WebAssembly.Memory,
    private readonly allocator: Allocator,
    private readonly threads: Threads,
    readonly dtype: DataType,
  ) {}

  /** Makes room for `length` numbers; what they are is not defined. */
  allocate(length: number): void {
    this.#take(length, this.allocator.allocate(length * this.#bytesPerElement()));
  }

  #take(length: number, pointer: number): void {
    if (this.pointer !== 0) this.free();
    this.pointer = pointer;
    this.#length = length;
  }

  #bytesPerElement(): number {
    if (!isNumeric(this.dtype)) throw new Error(`${this.dtype} has no place in the memory`);
    return views[this.dtype].BYTES_PER_ELEMENT;
  }

  free(): void {
    if (this.pointer !== 0) this.allocator.free(this.pointer);
    this.pointer = 0;
    this.dropNote();
    this.unwritten = this.#others = this.#written = undefined;
  }

  /** To be called before the values are used: they may not have been written yet. */
  settle(): void {
    if (!this.unwritten) return;
    const write = this.unwritten;
    this.unwritten = undefined;
    write();
    this.readyAt = this.threads.next;
  }

  /** To be called when a job that changes the values, before number `readyAt`, is in the queue. */
  changed(readyAt: number): void {
    this.readyAt = readyAt;
    this.#written = undefined;
    this.dropNote();
  }

  dropNote(): void {
    if (this.note !== 0) this.allocator.free(this.note);
    this.note = 0;
  }

  /** Undefined, whatever the type says, while a complex tensor or one of strings has none: as on `cpu`. */
  get values(): Values {
    if (this.pointer === 0) return this.#others as Values;
    this.settle();
    this.allocator.arena = undefined;
    this.threads.finish();
    // They may be changed through the view.
    this.#written = undefined;
    return new views[this.dtype as NumericType](this.memory.buffer, this.pointer, this.#length) as Values;
  }

  set values(values: Values) {
    if (!isNumeric(this.dtype)) {
      this.#others = values;
      return;
    }
    const View = views[this.dtype];
    const numbers = values instanceof View ? values : new View(values as ArrayLike<number>);
    this.#take(numbers.length, this.allocator.write(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)));
    this.readyAt = 0;
    if (numbers instanceof Int32Array && numbers.length <= MOST_KEPT) this.#written = numbers === values ? numbers.slice() : numbers;
  }

  /** A copy of the values. It waits for no more kernels than it has to. */
  copy(): Float32Array | Int32Array | Uint8Array {
    this.settle();
    this.allocator.arena = undefined;
    if (this.#written) return this.#written.slice();
    this.threads.finish(Math.min(this.readyAt, this.threads.next));
    return new views[this.dtype as NumericType](this.memory.buffer, this.pointer, this.#length).slice();
  }

  /** The values, not to be changed, if they are known without waiting for kernels. */
  get written(): Int32Array | undefined {
    return this.#written;
  }
}
