import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostArray } from './host-array.js';

/** What a tensor was made of. */
export interface TensorSource {
  /** The same numbers on the host, as they were when the tensor was made. */
  readonly array: HostArray;
  /** The same numbers as a tensor of the array's type: itself, where it was not converted. */
  readonly tensor: Tensor;
}

const sources = new WeakMap<Tensor, TensorSource>();

/**
 * Remembers what a batch's tensor was made of, so that a layer that checks its numbers, or wants them as integers, need not read them
 * back or convert them again. Only for arrays that nobody changes while the tensor is in use.
 */
export function noteSource(tensor: Tensor, source: TensorSource): void {
  sources.set(tensor, source);
}

/** What {@link noteSource} remembers; undefined where that is nothing, or was disposed of. */
export function sourceOf(tensor: Tensor): TensorSource | undefined {
  const source = sources.get(tensor);
  return source && !source.tensor.isDisposed ? source : undefined;
}
