import { ShapeError } from '../errors.js';
import { at, type Matrix, matrixShape, type Vector } from './arrays.js';

/** `1 / (1 + e^−z)`, without overflow at either end. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** `e^zᵢ / Σⱼ e^zⱼ` of one sample; the largest is taken off all first, which changes nothing but keeps `e^z` finite. */
export function softmax(z: Vector): number[] {
  const largest = Math.max(...z);
  const exponentials = z.map(value => Math.exp(value - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map(value => value / sum);
}

/**
 * Cross-entropy of the softmax of logits, a value a sample: `−Σᵢ tᵢ log softmax(z)ᵢ = Σᵢ tᵢ (log Σⱼ e^zⱼ − zᵢ)`.
 *
 * @param logits `[batch, classes]`
 * @param targets `[batch, classes]`, probabilities: one-hot, as a rule
 * @returns `[batch]`; a network is trained on its mean
 * @throws {ShapeError} when the shapes differ
 */
export function softmaxCrossEntropy(logits: Matrix, targets: Matrix): number[] {
  checkSameShape(logits, targets, 'softmaxCrossEntropy');
  return logits.map((z, n) => {
    const largest = Math.max(...z);
    const logSum = largest + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    return z.reduce((loss, value, i) => loss + at(at(targets, n), i) * (logSum - value), 0);
  });
}

/**
 * The gradient of each sample's {@link softmaxCrossEntropy}: `softmax(z) · Σ t − t`, which is `softmax(z) − t` where the targets are
 * probabilities that sum to one. Divide by the batch for the gradient of the mean.
 *
 * @returns `[batch, classes]`
 */
export function softmaxCrossEntropyGradient(logits: Matrix, targets: Matrix): number[][] {
  checkSameShape(logits, targets, 'softmaxCrossEntropyGradient');
  return logits.map((z, n) => {
    const target = at(targets, n);
    const total = target.reduce((sum, value) => sum + value, 0);
    return softmax(z).map((probability, i) => probability * total - at(target, i));
  });
}

/**
 * Cross-entropy of the sigmoid of logits, a value a number:
 * `−t log σ(z) − (1 − t) log(1 − σ(z)) = max(z, 0) − z·t + log(1 + e^−|z|)`.
 *
 * @param logits `[n]`
 * @param targets `[n]`, probabilities: 0 or 1, as a rule
 * @returns `[n]`; a network is trained on its mean
 * @throws {ShapeError} when the lengths differ
 */
export function sigmoidCrossEntropy(logits: Vector, targets: Vector): number[] {
  checkSameLength(logits, targets, 'sigmoidCrossEntropy');
  return logits.map((z, i) => Math.max(z, 0) - z * at(targets, i) + Math.log1p(Math.exp(-Math.abs(z))));
}

/** The gradient of each number's {@link sigmoidCrossEntropy}: `σ(z) − t`. Divide by their count for the gradient of the mean. */
export function sigmoidCrossEntropyGradient(logits: Vector, targets: Vector): number[] {
  checkSameLength(logits, targets, 'sigmoidCrossEntropyGradient');
  return logits.map((z, i) => sigmoid(z) - at(targets, i));
}

function checkSameShape(logits: Matrix, targets: Matrix, where: string): void {
  const a = matrixShape(logits, where);
  const b = matrixShape(targets, where);
  if (a[0] !== b[0] || a[1] !== b[1]) throw new ShapeError(`${where}: logits are [${a.join(', ')}], targets [${b.join(', ')}]`);
}

function checkSameLength(logits: Vector, targets: Vector, where: string): void {
  if (logits.length !== targets.length) throw new ShapeError(`${where}: ${logits.length} logits, ${targets.length} targets`);
}
