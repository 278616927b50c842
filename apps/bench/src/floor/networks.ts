import { type Cost, total } from './cost.js';
import {
  attentionTraining,
  convolution,
  convolutionTraining,
  denseTraining,
  elementwiseTraining,
  lstmTraining,
  moved,
  normalizationTraining,
  optimizerStep,
  product,
  simpleRnnTraining,
  softmaxCrossEntropyTraining,
} from './layers.js';

// One training step of each network: the arithmetic and the bytes from which its floor is computed. Sizes stand where the layer does.

const first = { inputGradient: false };
const further = { inputGradient: true };

/** The course's convolutional network: 10 kernels of 3×3 on 28×28, 2×2 pooling, 100 units, 10 classes. 197,210 weights. */
export function fashionCnnStep(batch: number, rule: 'adam' | 'sgd', dropout = false): Cost {
  const pixels = 28 * 28;
  const features = 14 * 14 * 10;
  return total(
    // Pixels are bytes until they meet the kernel.
    moved(batch * pixels),
    convolutionTraining({ batch, height: 28, width: 28, inChannels: 1, outChannels: 10, kernel: 3 }, first),
    // Bias, relu, and three comparisons for each pooled value.
    elementwiseTraining(batch * (2 * pixels * 10 + 3 * features)),
    elementwiseTraining(dropout ? batch * features : 0),
    denseTraining(batch, features, 100, further),
    elementwiseTraining(batch * 100),
    denseTraining(batch, 100, 10, further),
    softmaxCrossEntropyTraining(batch * 10),
    optimizerStep(rule, 197_210),
  );
}

/** One image through the same network, forward alone: it reads all weights. */
export function fashionCnnPrediction(): Cost {
  return total(
    moved(28 * 28 * 4 + 197_210 * 4),
    convolution({ batch: 1, height: 28, width: 28, inChannels: 1, outChannels: 10, kernel: 3 }),
    product(1, 1960, 100),
    product(1, 100, 10),
  );
}

/** 32 tanh cells on 100 one-hot words, and one sigmoid unit; back through the last `window` steps. 4,289 weights. */
export function oneHotRnnStep(batch: number, window = 100): Cost {
  return total(
    moved(batch * 100 * 4),
    simpleRnnTraining({ batch, steps: 100, inputs: 100, units: 32, oneHot: true, window }, first),
    denseTraining(batch, 32, 1, further),
    softmaxCrossEntropyTraining(batch),
    optimizerStep('sgd', 4_289),
  );
}

/** Rows of the embedding are read, and their gradients added up, one addition a number. */
const embedding = (batch: number): Cost => total(moved(batch * 100 * 4), elementwiseTraining((batch * 100 * 32) / 2));

/** Embedding of 1,000 words in 32 dimensions, 8 tanh cells over 100 steps, one sigmoid unit. 32,337 weights. */
export function embeddingRnnStep(batch: number): Cost {
  return total(
    embedding(batch),
    simpleRnnTraining({ batch, steps: 100, inputs: 32, units: 8, oneHot: false, window: 100 }, further),
    denseTraining(batch, 8, 1, further),
    softmaxCrossEntropyTraining(batch),
    optimizerStep('adam', 32_337),
  );
}

/** The same with 8 LSTM cells. 33,321 weights. */
export function embeddingLstmStep(batch: number): Cost {
  return total(
    embedding(batch),
    lstmTraining({ batch, steps: 100, inputs: 32, units: 8, oneHot: false, window: 100 }, further),
    denseTraining(batch, 8, 1, further),
    softmaxCrossEntropyTraining(batch),
    optimizerStep('adam', 33_321),
  );
}

/** 256 LSTM cells over 100 steps of 64 numbers, 10 classes. 331,274 weights. */
export function lstm256Step(batch: number): Cost {
  return total(
    moved(batch * 100 * 64 * 4),
    lstmTraining({ batch, steps: 100, inputs: 64, units: 256, oneHot: false, window: 100 }, first),
    denseTraining(batch, 256, 10, further),
    softmaxCrossEntropyTraining(batch * 10),
    optimizerStep('adam', 331_274),
  );
}

/**
 * ResNet-20 for 32×32×3 (He et al. 2015, section 4.2): a 3×3 convolution, three stages of three blocks of two with 16, 32 and 64 channels, 1×1 convolutions
 * where the shape changes, batch normalization after each convolution, global average pooling, 10 classes. 272,474 trainable weights.
 */
export function resnet20Step(batch: number): Cost {
  const convolved = (size: number, inChannels: number, outChannels: number, kernel: number, inputGradient = true): Cost =>
    total(
      convolutionTraining({ batch, height: size, width: size, inChannels, outChannels, kernel }, { inputGradient }),
      normalizationTraining(batch * size * size * outChannels),
      elementwiseTraining(batch * size * size * outChannels),
    );
  const costs = [moved(batch * 32 * 32 * 3 * 4), convolved(32, 3, 16, 3, false)];
  let [size, channels] = [32, 16];
  for (const outChannels of [16, 32, 64]) {
    for (let block = 0; block < 3; block++) {
      const changes = outChannels !== channels;
      if (changes) size /= 2;
      costs.push(convolved(size, channels, outChannels, 3), convolved(size, outChannels, outChannels, 3));
      if (changes) costs.push(convolved(size, channels, outChannels, 1));
      costs.push(elementwiseTraining((batch * size * size * outChannels) / 2));
      channels = outChannels;
    }
  }
  return total(
    ...costs,
    elementwiseTraining((batch * size * size * channels) / 2),
    denseTraining(batch, channels, 10, further),
    softmaxCrossEntropyTraining(batch * 10),
    optimizerStep('momentum', 272_474),
  );
}

/**
 * Transformer encoder (Vaswani et al. 2017): 1,000 words embedded in 128 dimensions with fixed positions, 64 steps, two layers of four heads and 512
 * hidden units, normalization after each sum, mean over the steps, 10 classes. 525,834 weights.
 */
export function transformerStep(batch: number): Cost {
  const [steps, width, hidden, heads] = [64, 128, 512, 4];
  const rows = batch * steps;
  const layer = total(
    denseTraining(rows, width, 3 * width, further),
    attentionTraining(batch, heads, steps, width / heads),
    denseTraining(rows, width, width, further),
    denseTraining(rows, width, hidden, further),
    elementwiseTraining(rows * hidden),
    denseTraining(rows, hidden, width, further),
    elementwiseTraining(2 * rows * width),
    normalizationTraining(2 * rows * width),
  );
  return total(
    moved(rows * 4),
    // The embedding's gradients are added up, and positions are added to its rows.
    elementwiseTraining(rows * width),
    layer,
    layer,
    denseTraining(batch, width, 10, further),
    softmaxCrossEntropyTraining(batch * 10),
    optimizerStep('adam', 525_834),
  );
}
