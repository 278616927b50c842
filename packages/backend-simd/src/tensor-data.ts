import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { DataType } from '@tensorflow/tfjs-core';
import type { Allocator } from './allocator.js';

/** What the `cpu` backend keeps of a tensor. */
type CpuTensorData = ReturnType<MathBackendCPU['data']['get']>;
/** Values as tfjs' kernels pass them. */
export type Values = NonNullable<CpuTensorData['values']>;

const views = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

type NumericType = keyof typeof views;

const isNumeric = (dtype: DataType): dtype is NumericType => Object.hasOwn(views, dtype);

/**
 * The values of a tensor, and its own key in the backend. It looks to `cpu`'s kernels like their record of a tensor: `values` are read
 * as a view of the memory, and assigned by copying into it.
 */
export class TensorData implements CpuTensorData {
  refCount = 1;
  complexTensorInfos?: NonNullable<CpuTensorData['complexTensorInfos']>;
  /** Address of the values; 0 for strings, complex numbers, and what was freed. */
  pointer = 0;
  /** Address of what a kernel found out about the values and keeps with them, 0 for nothing. It is freed with them. */
  note = 0;
  #length = 0;
  /** Strings. */
  #others: Values | undefined;

  constructor(
    readonly memory: WebAssembly.Memory,
    private readonly allocator: Allocator,
    readonly dtype: DataType,
  ) {}

  /** Makes room for `length` numbers; what they are is not defined. */
  allocate(length: number): void {
    if (!isNumeric(this.dtype)) throw new Error(`${this.dtype} has no place in the memory`);
    if (this.pointer !== 0) {
      if (this.#length === length) return;
      this.free();
    }
    this.pointer = this.allocator.allocate(length * views[this.dtype].BYTES_PER_ELEMENT);
    this.#length = length;
  }

  free(): void {
    if (this.pointer !== 0) this.allocator.free(this.pointer);
    this.pointer = 0;
    this.dropNote();
    this.#others = undefined;
  }

  /** To be called when the values change. */
  dropNote(): void {
    if (this.note !== 0) this.allocator.free(this.note);
    this.note = 0;
  }

  /** Undefined, whatever the type says, while a complex tensor or one of strings has none: as on `cpu`. */
  get values(): Values {
    if (this.pointer === 0) return this.#others as Values;
    return new views[this.dtype as NumericType](this.memory.buffer, this.pointer, this.#length) as Values;
  }

  set values(values: Values) {
    if (!isNumeric(this.dtype)) {
      this.#others = values;
    } else {
      this.allocate(values.length);
      this.dropNote();
      new views[this.dtype](this.memory.buffer, this.pointer, this.#length).set(values as ArrayLike<number>);
    }
  }
}
