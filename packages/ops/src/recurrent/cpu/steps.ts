import { padded } from './product.js';

/**
 * The steps of a run over `count` times of a `batch`. One step's numbers are worked on as rows of doubles, padded to whole tiles:
 * `[batch, padded(columns)]`; in tensors they stand at `[:, at, :]` of `[batch, count, columns]`.
 */
export class Steps {
  constructor(
    readonly batch: number,
    readonly count: number,
    private readonly goBackwards: boolean,
  ) {}

  /** The time, in the order of `x` and `mask`, that is processed at `step`. */
  time(step: number): number {
    return this.goBackwards ? this.count - 1 - step : step;
  }

  /** Rows for one step's numbers, zero. */
  rows(columns: number): Float64Array {
    return new Float64Array(this.batch * padded(columns));
  }

  /** Copies `values[:, at]` into rows. */
  load(rows: Float64Array, values: Float32Array, at: number, columns: number): void {
    const stride = padded(columns);
    for (let row = 0; row < this.batch; row++) {
      const from = (row * this.count + at) * columns;
      for (let i = 0; i < columns; i++) rows[row * stride + i] = values[from + i]!;
    }
  }

  /** Adds `values[:, at]` to rows. */
  add(rows: Float64Array, values: Float32Array, at: number, columns: number): void {
    const stride = padded(columns);
    for (let row = 0; row < this.batch; row++) {
      const from = (row * this.count + at) * columns;
      for (let i = 0; i < columns; i++) rows[row * stride + i] = rows[row * stride + i]! + values[from + i]!;
    }
  }

  /** Copies rows to `values[:, at]`. */
  store(rows: Float64Array, values: Float32Array, at: number, columns: number): void {
    const stride = padded(columns);
    for (let row = 0; row < this.batch; row++) {
      const to = (row * this.count + at) * columns;
      for (let i = 0; i < columns; i++) values[to + i] = rows[row * stride + i]!;
    }
  }

  /** Copies a state `[batch, columns]` into rows. */
  loadState(rows: Float64Array, state: Float32Array, columns: number): void {
    const stride = padded(columns);
    for (let row = 0; row < this.batch; row++) for (let i = 0; i < columns; i++) rows[row * stride + i] = state[row * columns + i]!;
  }

  /** Copies the state before `step` into rows: the one that `sequence` has after the step before, or the initial one. */
  loadBefore(rows: Float64Array, sequence: Float32Array, initial: Float32Array, step: number, columns: number): void {
    if (step === 0) this.loadState(rows, initial, columns);
    else this.load(rows, sequence, step - 1, columns);
  }
}
