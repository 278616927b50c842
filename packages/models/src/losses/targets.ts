import { cast, reshape, ShapeError, type Tensor } from '@jogak/ops';

/**
 * Predictions as `[batch, …, outputs]` and targets of the same shape, both float32. As in Keras, targets may lack a last axis of 1
 * that predictions have, or have one that they lack; unlike in Keras, nothing is ever broadcast beyond that.
 *
 * @param where what asks, as the error names it
 * @throws {ShapeError} when the shapes do not fit
 */
export function fitTargets(yTrue: Tensor, yPred: Tensor, where: string): [yTrue: Tensor, yPred: Tensor] {
  const predictions = withTargets(yTrue, yPred, where);
  return [shaped(typed(yTrue, 'float32'), predictions.shape), predictions];
}

/**
 * Predictions as {@link fitTargets} gives them. For ops that take targets of any shape and type.
 *
 * @throws {ShapeError} when the targets do not have their shape
 */
export function withTargets(yTrue: Tensor, yPred: Tensor, where: string): Tensor {
  const predictions = withOutputs(yPred, where);
  const missesOne = predictions.shape.at(-1) === 1 && sameShape(yTrue.shape, predictions.shape.slice(0, -1));
  const hasOneMore = sameShape(yTrue.shape, [...predictions.shape, 1]);
  if (!missesOne && !hasOneMore && !sameShape(yTrue.shape, predictions.shape)) {
    throw new ShapeError(
      `${where}: targets must have the shape of the predictions, ${show(yPred)}; got ${show(yTrue)}${classNumbersHint(yTrue, yPred)}`,
    );
  }
  return predictions;
}

/**
 * Predictions as `[batch, …, classes]` and class numbers `[batch, …]`, int32, from targets `[batch, …]` or `[batch, …, 1]`.
 *
 * @throws {ShapeError} when the shapes do not fit
 */
export function fitClassNumbers(yTrue: Tensor, yPred: Tensor, where: string): [yTrue: Tensor, yPred: Tensor] {
  const predictions = withOutputs(yPred, where);
  const expected = predictions.shape.slice(0, -1);
  if (!isClassNumbers(yTrue.shape, predictions.shape)) {
    const hint = sameShape(yTrue.shape, predictions.shape)
      ? '. For a probability for each class, use the loss or metric without "sparse"'
      : '';
    throw new ShapeError(
      `${where}: targets must be class numbers of shape [${expected.join(', ')}], for predictions ${show(yPred)}; got ${show(yTrue)}${hint}`,
    );
  }
  return [shaped(typed(yTrue, 'int32'), expected), predictions];
}

/** Whether targets of this shape are class numbers: that of the predictions without the last axis, or with a 1 there. */
export function isClassNumbers(yTrue: readonly number[], yPred: readonly number[]): boolean {
  const positions = yPred.slice(0, -1);
  return sameShape(yTrue, positions) || sameShape(yTrue, [...positions, 1]);
}

/** Predictions of rank 1 are one output for each sample. */
function withOutputs(yPred: Tensor, where: string): Tensor {
  if (yPred.rank === 0) throw new ShapeError(`${where}: predictions must have a batch axis, [batch, …, outputs]; got a scalar`);
  const float = typed(yPred, 'float32');
  return float.rank === 1 ? reshape(float, [-1, 1]) : float;
}

// Ops that change nothing still take their time, and there are several in each step of training.

const typed = (tensor: Tensor, dtype: 'float32' | 'int32'): Tensor => (tensor.dtype === dtype ? tensor : cast(tensor, dtype));

const shaped = (tensor: Tensor, shape: readonly number[]): Tensor =>
  sameShape(tensor.shape, shape) ? tensor : reshape(tensor, [...shape]);

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function show(tensor: Tensor): string {
  return `[${tensor.shape.join(', ')}]`;
}

function classNumbersHint(yTrue: Tensor, yPred: Tensor): string {
  return (yPred.shape.at(-1) ?? 1) > 1 && isClassNumbers(yTrue.shape, yPred.shape) ? '. Class numbers need a sparse loss or metric' : '';
}
