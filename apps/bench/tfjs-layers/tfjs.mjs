// Trains the same network with tfjs-layers, on tfjs' own `cpu`: nothing of Jogak is loaded, but for two parts of tfjs-core that its
// Node build leaves out, and that `@jogak/ops` has in files of their own: the gradient functions, and the chained methods, which tfjs-layers calls.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import '../../../packages/ops/gen/register-chained-ops.js';
import '../../../packages/ops/gen/register-gradients.js';
import { recipes } from './recipes.mjs';
import { serve } from './side.mjs';

// As `@jogak/ops` does.
tf.enableProdMode();

const classifier = (between, optimizer) => ({
  stack: [
    layers.conv2d({ inputShape: [28, 28, 1], filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    ...between,
    layers.dense({ units: 100, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  compile: { optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
});

const judge = (stack, optimizer) => ({
  stack: [...stack, layers.dense({ units: 1, activation: 'sigmoid' })],
  compile: { optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] },
});

const words = () => layers.embedding({ inputDim: 1000, outputDim: 32, inputLength: 100 });
const oneHotRnn = () => judge([layers.simpleRNN({ units: 32, inputShape: [100, 100] })], tf.train.sgd(0.01));
const embeddedLstm = () => judge([words(), layers.lstm({ units: 8 })], 'adam');

/** The hand-written networks stand for the layers' networks that they are equal to. */
const networks = {
  'convolution-network': () => classifier([], tf.train.sgd(0.01)),
  'fashion-cnn': () => classifier([], 'adam'),
  'fashion-cnn-dropout': () => classifier([layers.dropout({ rate: 0.5 })], 'adam'),
  'recurrent-network': oneHotRnn,
  'imdb-rnn': oneHotRnn,
  'imdb-embedding-rnn': () => judge([words(), layers.simpleRNN({ units: 8 })], 'adam'),
  'imdb-lstm': embeddedLstm,
  'spam-lstm': embeddedLstm,
};

const [, , name] = process.argv;
const recipe = recipes[name];
const { stack, compile } = networks[name]();
const model = sequential({ layers: stack });
model.compile(compile);
serve(
  recipe,
  ({ x, y, shape }) => [tf.tensor(x, shape), tf.tensor2d(y, [y.length, 1])],
  ([x, y]) => model.fit(x, y, { batchSize: recipe.batchSize, epochs: 1, verbose: 0 }),
);
