import { conv2d, dense, dropout, flatten, type Layer, maxPooling2d } from '@jogak/layers';
import type { Model } from '../engine/model.js';
import { sequential } from '../engine/sequential.js';
import { fashionMnistRecipeData } from './fashion-mnist-data.js';
import type { Recipe } from './recipe.js';

/** The course's convolutional network, with what is put between flatten and the dense layers. */
function network(name: string, between: Layer[]): Model {
  const model = sequential({
    name,
    layers: [
      conv2d({ name: 'conv2d', inputShape: [28, 28, 1], filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
      maxPooling2d({ name: 'max_pooling2d', poolSize: 2 }),
      flatten({ name: 'flatten' }),
      ...between,
      dense({ name: 'dense', units: 100, activation: 'relu' }),
      dense({ name: 'dense_1', units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const shared = { dataset: 'fashion-mnist', sample: 'fashion-mnist', epochs: 20, batchSize: 32, parameters: 197_210 } as const;

/** 3×3 convolution with 10 kernels, max pooling, 100 units, 10 classes; Adam. */
export const fashionCnn: Recipe = {
  ...shared,
  name: 'fashion-cnn',
  title: 'Convolutional network on Fashion-MNIST, with layers',
  loadData: options => fashionMnistRecipeData({ batchSize: shared.batchSize, ...options }),
  build: () => network('fashion_cnn', []),
};

/** {@link fashionCnn} with half of the features dropped while training. */
export const fashionCnnDropout: Recipe = {
  ...shared,
  name: 'fashion-cnn-dropout',
  title: 'The convolutional network with drop-out',
  loadData: options => fashionMnistRecipeData({ batchSize: shared.batchSize, ...options }),
  build: () => network('fashion_cnn_dropout', [dropout({ name: 'dropout', rate: 0.5 })]),
};
