import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostArray } from './host-array.js';

/** One model input or target: on the host or already a tensor. The first axis is the batch. */
export type ArrayLikeData = HostArray | Tensor;

/** Data of several inputs or outputs: one, a list in the model's order, or by name. */
export type BatchData = ArrayLikeData | readonly ArrayLikeData[] | { readonly [name: string]: ArrayLikeData };

/** Samples that are trained on, or evaluated, together. */
export interface Batch {
  /** What the model reads. */
  readonly x: BatchData;
  /** What it should answer; absent when only predicting. */
  readonly y?: BatchData;
  /** How much each sample counts, `[batch]`, or `[batch, …]` for weights a step. @default 1 each */
  readonly sampleWeight?: ArrayLikeData;
}
