import { lax, nn, numpy as np } from '@jax-js/jax';
import type { FileWeights, TrainTask } from '../protocol.js';
import { readFloats } from './files.js';
import { CannotError } from './serve.js';

/** Weights by layer and name, as jax-js' transformations take them. */
export type Weights = Record<string, Record<string, np.Array>>;

/** Logits `[batch, outputs]` of inputs; takes over both arguments, as jax-js' functions do. */
export type Forward = (weights: Weights, x: np.Array) => np.Array;

/** A task's weights, without moving averages; kernels of convolutions with output channels first, as jax-js has them. */
export function jaxJsWeights(files: FileWeights): Weights {
  const named = (weights: FileWeights[string]): [string, np.Array][] =>
    Object.entries(weights).map(([name, file]) => {
      const array = np.array(readFloats(file)).reshape([...file.shape]);
      return [name, file.shape.length === 4 ? np.transpose(array, [3, 2, 0, 1]) : array];
    });
  return Object.fromEntries(Object.entries(files).map(([layer, weights]) => [layer, Object.fromEntries(named(weights))]));
}

/** A task's network. @throws {CannotError} for one that jax-js has no way to */
export function jaxJsForward({ network, dropout, batchSize }: Omit<TrainTask, 'kind'>): Forward {
  if (network !== 'fashion-cnn')
    throw new CannotError(
      network === 'resnet-20' || network === 'transformer'
        ? 'this benchmark has no such network in jax-js'
        : 'jax-js has no scan, to go through the steps of a sequence in compiled code',
    );
  if (dropout > 0) throw new CannotError('this benchmark has no dropout in jax-js');
  return (weights, x) => fashionCnn(weights, x, x.shape[0] ?? batchSize);
}

/** Images `[batch, 1, 28, 28]`. Features are flattened with the channels last, as everywhere else. */
function fashionCnn({ conv2d, dense, dense_1 }: Weights, images: np.Array, batch: number): np.Array {
  const linear = (layer: Weights[string], x: np.Array): np.Array => np.matmul(x, layer.kernel as np.Array).add(layer.bias as np.Array);
  const { kernel, bias } = conv2d as Weights[string] as { kernel: np.Array; bias: np.Array };
  const convolved = nn.relu(lax.conv(images, kernel, [1, 1], 'SAME').add(bias.reshape([10, 1, 1])));
  const pooled = np.max(convolved.reshape([batch, 10, 14, 2, 14, 2]), [3, 5]);
  const features = np.transpose(pooled, [0, 2, 3, 1]).reshape([batch, 1960]);
  return linear(dense_1 as Weights[string], nn.relu(linear(dense as Weights[string], features)));
}
