import { sgd } from '@jogak/optimizers';
import type { Model } from '../engine/model.js';
import { ByHand } from '../networks/by-hand.js';
import { ConvolutionNetwork } from '../networks/convolution-network.js';
import { RecurrentNetwork } from '../networks/recurrent-network.js';
import { fashionMnistRecipeData } from './fashion-mnist-data.js';
import type { Recipe } from './recipe.js';
import { imdbRecipeData } from './text-data.js';

const learningRate = 0.01;

/** {@link ConvolutionNetwork} with the course's settings: 10 kernels, 100 units, SGD, batches of 128. */
export const convolutionNetwork: Recipe = {
  name: 'convolution-network',
  title: 'Convolutional network on Fashion-MNIST, by hand',
  dataset: 'fashion-mnist',
  sample: 'fashion-mnist',
  epochs: 20,
  batchSize: 128,
  parameters: 197_210,
  loadData: options => fashionMnistRecipeData({ batchSize: 128, ...options, dropRemainder: true }),
  build: (): Model => {
    const network = new ConvolutionNetwork({ nKernels: 10, units: 100, batchSize: 128, learningRate });
    network.initWeights([28, 28, 1], 10);
    const model = new ByHand(network, { name: 'convolution_network', layers: network.layers() });
    model.compile({ optimizer: sgd({ learningRate }), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    return model;
  },
};

/** {@link RecurrentNetwork} with the course's settings: 32 cells on one-hot words, SGD, batches of 32. */
export const recurrentNetwork: Recipe = {
  name: 'recurrent-network',
  title: 'Recurrent network on one-hot IMDB reviews, by hand',
  dataset: 'imdb',
  sample: null,
  epochs: 20,
  batchSize: 32,
  parameters: 4_289,
  loadData: options => imdbRecipeData({ batchSize: 32, ...options, numWords: 100, oneHot: true }),
  build: (): Model => {
    const network = new RecurrentNetwork({ nCells: 32, batchSize: 32, learningRate });
    network.initWeights([100, 100]);
    const model = new ByHand(network, { name: 'recurrent_network', layers: network.layers() });
    model.compile({ optimizer: sgd({ learningRate }), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    return model;
  },
};
