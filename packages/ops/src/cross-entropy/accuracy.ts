import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from '../engine.js';
import { ShapeError } from '../errors.js';
import { composedAccuracy } from './composed.js';
import { ACCURACY, type AccuracyAttrs, type AccuracyKind } from './kernel-contract.js';
import { classesOf } from './shapes.js';

/**
 * How many predictions are right, and of how many: `[2]`, float32. There is no gradient.
 *
 * @param kind `sparse`: the first of the largest predictions of a row is at its target, a class number; `categorical`: it is where the
 *   first of the largest targets is; `binary`: each prediction is above `threshold` where the target is 1, and not where it is 0
 * @param targets `[…]` for `sparse`, else as many as predictions
 * @param predictions `[…, columns]`
 * @throws {ShapeError} when there are not as many targets as that
 */
export function countRight(kind: AccuracyKind, targets: Tensor, predictions: Tensor, threshold = 0.5): Tensor1D {
  const columns = classesOf('countRight', predictions, 'predictions');
  const expected = kind === 'sparse' ? predictions.shape.slice(0, -1) : predictions.shape;
  if (targets.size !== tf.util.sizeFromShape(expected))
    throw new ShapeError(
      `countRight needs ${kind} targets of shape [${expected.join(', ')}] for predictions [${predictions.shape.join(', ')}]; got [${targets.shape.join(', ')}]`,
    );
  const wanted = kind === 'sparse' ? 'int32' : 'float32';
  const attrs: AccuracyAttrs = { kind, columns, threshold };
  return tf.tidy(() => {
    const asIs = targets.dtype === wanted || (kind === 'binary' && targets.dtype === 'int32');
    const inputs = {
      targets: asIs ? targets : tf.cast(targets, wanted),
      predictions: predictions.dtype === 'float32' ? predictions : tf.cast(predictions, 'float32'),
    };
    if (!hasKernel(ACCURACY)) return composedAccuracy(attrs, inputs.targets, inputs.predictions) as Tensor1D;
    return tf.engine().runKernel(ACCURACY, inputs, attrs as unknown as tf.NamedAttrMap);
  });
}
