import { add, dense, embedding, globalAveragePooling1d, input, lambda, layerNormalization, type SymbolicTensor } from '@jogak/layers';
import { type Model, model } from '@jogak/models';
import { add as addTensors, matMul, mul, reshape, softmax, type Tensor, tensor, transpose } from '@jogak/ops';

/** Sizes of {@link transformer}: all peers build the same. */
export const sizes = { vocabulary: 1000, steps: 64, width: 128, heads: 4, hidden: 512, layers: 2, classes: 10 } as const;

/** What is added to the rows of the embedding, `[steps, width]`: sines in the even columns, cosines in the odd ones (Vaswani et al. 2017, section 3.5). */
export function positions({ steps, width }: { steps: number; width: number }): Float32Array {
  return Float32Array.from({ length: steps * width }, (_, index) => {
    const step = Math.floor(index / width);
    const column = index % width;
    const angle = step / 10_000 ** ((column - (column % 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

/** `softmax(q·kᵀ / √depth)·v` of each head: query, key and value `[batch, steps, width]` to the same. */
function attention(inputs: Tensor | Tensor[]): Tensor {
  const { steps, width, heads } = sizes;
  const depth = width / heads;
  const split = (x: Tensor): Tensor => transpose(reshape(x, [-1, steps, heads, depth]), [0, 2, 1, 3]);
  const [query, key, value] = (inputs as [Tensor, Tensor, Tensor]).map(split) as [Tensor, Tensor, Tensor];
  const weights = softmax(mul(matMul(query, key, false, true), 1 / Math.sqrt(depth)));
  return reshape(transpose(matMul(weights, value), [0, 2, 1, 3]), [-1, steps, width]);
}

/**
 * A Transformer encoder that classifies texts: ids `[batch, 64]` → `[batch, 10]`, trained by Adam.
 *
 * Two layers of four heads, each sum normalized after it is made, as in Vaswani et al., Attention Is All You Need, 2017.
 */
export function transformer(): Model {
  const { vocabulary, steps, width, hidden, layers, classes } = sizes;
  const ids = input({ shape: [steps], name: 'ids' });
  const constant = positions(sizes);
  let x = embedding({ name: 'embedding', inputDim: vocabulary, outputDim: width }).apply(ids);
  x = lambda({
    name: 'positions',
    function: rows => addTensors(rows as Tensor, tensor(constant, [1, steps, width])),
    outputShape: [steps, width],
  }).apply(x);
  const normalized = (left: SymbolicTensor, right: SymbolicTensor, name: string): SymbolicTensor =>
    layerNormalization({ name, epsilon: 1e-5 }).apply(add({ name: `${name}_sum` }).apply([left, right]));
  for (let layer = 0; layer < layers; layer++) {
    const linear = (name: string, units: number, from: SymbolicTensor, activation: 'linear' | 'relu' = 'linear'): SymbolicTensor =>
      dense({ name: `${name}_${layer}`, units, activation }).apply(from);
    const heads = lambda({ name: `attention_${layer}`, function: attention, outputShape: [steps, width] }).apply([
      linear('query', width, x),
      linear('key', width, x),
      linear('value', width, x),
    ]);
    x = normalized(x, linear('output', width, heads), `norm_a_${layer}`);
    x = normalized(x, linear('narrow', width, linear('wide', hidden, x, 'relu')), `norm_b_${layer}`);
  }
  const features = globalAveragePooling1d({ name: 'pool' }).apply(x);
  const outputs = dense({ name: 'dense', units: classes, activation: 'softmax' }).apply(features);
  const network = model({ name: 'transformer', inputs: ids, outputs });
  network.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
  return network;
}
