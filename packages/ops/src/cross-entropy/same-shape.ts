import type { Tensor } from '@tensorflow/tfjs-core';
import { ShapeError } from '../errors.js';

/** @throws {ShapeError} when labels and logits are not of one shape: broadcasting them would hide a mistake. */
export function checkSameShape(op: string, labels: Tensor, logits: Tensor): void {
  if (labels.shape.join() !== logits.shape.join())
    throw new ShapeError(
      `${op} needs labels and logits of the same shape; got labels [${labels.shape.join(', ')}] and logits [${logits.shape.join(', ')}]`,
    );
}
