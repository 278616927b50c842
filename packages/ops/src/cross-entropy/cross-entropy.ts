import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from '../engine.js';
import { composedCrossEntropy, slopeByTargets } from './composed.js';
import { CROSS_ENTROPY, type CrossEntropyAttrs, type CrossEntropyKind } from './kernel-contract.js';

/**
 * Cross-entropy of one of the kinds, with its gradient in one pass where the backend has a kernel for it.
 *
 * @param targets as the kind wants them; of any shape that has the right number of elements
 * @param predictions `[…, columns]`
 * @param shape of the result; its size is the number of rows
 */
export function crossEntropy(
  kind: CrossEntropyKind,
  targets: Tensor,
  predictions: Tensor,
  columns: number,
  shape: readonly number[],
  epsilon = 0,
): Tensor {
  const attrs: CrossEntropyAttrs = { kind, columns, shape, epsilon, forGradient: tf.engine().isTapeOn() };
  return tf.tidy(() => {
    const isSparse = kind === 'sparseSoftmax' || kind === 'sparseCategorical';
    const inputs = {
      targets:
        targets.dtype === 'int32' || (targets.dtype === 'float32' && !isSparse)
          ? targets
          : tf.cast(targets, isSparse ? 'int32' : 'float32'),
      predictions: predictions.dtype === 'float32' ? predictions : tf.cast(predictions, 'float32'),
    };
    if (!hasKernel(CROSS_ENTROPY)) return composedCrossEntropy(attrs, inputs.targets, inputs.predictions);
    const outputs: Tensor | Tensor[] = tf.engine().runKernel(CROSS_ENTROPY, inputs, attrs as unknown as tf.NamedAttrMap);
    return (outputs as Tensor[])[0]!;
  });
}

tf.registerGradient({
  kernelName: CROSS_ENTROPY,
  inputsToSave: ['targets', 'predictions'],
  outputsToSave: [false, true],
  gradFunc: (dy, saved, attributes) => {
    const [targets, predictions, gradient] = saved as [Tensor, Tensor, Tensor];
    const attrs = attributes as unknown as CrossEntropyAttrs;
    const dValues = (dy as Tensor[])[0]!;
    const scale = attrs.shape.length === predictions.rank ? dValues : tf.reshape(dValues, [...attrs.shape, 1]);
    return {
      targets: () => tf.reshape(tf.mul(scale, slopeByTargets(attrs, predictions)), targets.shape),
      predictions: () => {
        // Who records this wants the second derivative, which the kernel's gradient, a constant to the tape, does not have.
        if (tf.engine().isTapeOn()) return tf.grad((x: Tensor) => composedCrossEntropy(attrs, targets, x))(predictions, dValues);
        return tf.mul(scale, gradient);
      },
    };
  },
});
