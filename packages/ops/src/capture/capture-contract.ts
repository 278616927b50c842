import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What a backend knows of a computation's kernels, to run them again without the ops and the tape that led to them. */
export interface Capture {
  /** `open` while the kernels are not known yet, `ready` when they are, `given up` when they would not be the same each time. */
  readonly state: 'open' | 'ready' | 'given up';
  /**
   * Computes, and watches the kernels.
   *
   * @param inputs the tensors that are others each time
   * @param constants other tensors that it may read: they stay where they are, whatever they hold
   * @param compute gives the outputs; null where there is none
   */
  record<Outputs extends readonly (TensorInfo | null)[]>(
    inputs: readonly TensorInfo[],
    constants: readonly TensorInfo[],
    compute: () => Outputs,
  ): Outputs;
  /** Whether these are as many tensors, of the same shapes and types, as those of before. */
  fits(inputs: readonly TensorInfo[]): boolean;
  /** To be called within `compute`: numbers that are others each time, and may be arguments of kernels as they are. */
  feed(numbers: readonly number[]): void;
  /**
   * Runs the kernels on other inputs; the last recorded outputs hold their results then.
   *
   * @param fed in the place of all numbers that were fed, in their order
   * @returns false, with nothing done, where they do not apply
   */
  replay(inputs: readonly TensorInfo[], fed: readonly number[]): boolean;
  /** Forgets the kernels. */
  giveUp(): void;
}

/** A backend that can do so. */
export interface CapturingBackend {
  capture(): Capture;
}
