import type { Tensor } from '@tensorflow/tfjs-core';
import { ShapeError } from '../errors.js';

/**
 * @param predictions what the op calls its second argument
 * @throws {ShapeError} when labels and predictions are not of one shape: broadcasting them would hide a mistake.
 */
export function checkSameShape(op: string, labels: Tensor, given: Tensor, predictions = 'logits'): void {
  if (labels.shape.join() !== given.shape.join())
    throw new ShapeError(
      `${op} needs labels and ${predictions} of the same shape; got labels [${labels.shape.join(', ')}] and ${predictions} [${given.shape.join(', ')}]`,
    );
}

/**
 * @returns the number of classes
 * @throws {ShapeError} when there is no axis of classes
 */
export function classesOf(op: string, given: Tensor, predictions = 'logits'): number {
  if (given.rank === 0) throw new ShapeError(`${op} needs ${predictions} of shape […, classes]; got a scalar`);
  return given.shape.at(-1)!;
}

/** @throws {ShapeError} when predictions do not have the shape of class numbers and one axis more */
export function checkClassNumbers(op: string, labels: Tensor, given: Tensor, predictions = 'logits'): void {
  if (given.rank === 0 || labels.shape.join() !== given.shape.slice(0, -1).join())
    throw new ShapeError(
      `${op} needs ${predictions} of shape […, classes] for labels of shape […]; got labels [${labels.shape.join(', ')}] and ${predictions} [${given.shape.join(', ')}]`,
    );
}
