import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import type { TrainTask } from '../protocol.js';
import { readFloats } from './files.js';
import { CannotError } from './serve.js';

type Stack = NonNullable<NonNullable<Parameters<typeof sequential>[0]>['layers']>;

/** A task's network in tfjs-layers, compiled, with the task's weights. @throws {CannotError} when it has no such layers */
export function tfjsNetwork(task: Omit<TrainTask, 'kind'>): LayersModel {
  const network = build(task);
  const { optimizer } = task;
  const trainer =
    optimizer.name === 'adam'
      ? tf.train.adam(optimizer.learningRate, 0.9, 0.999, 1e-7)
      : optimizer.momentum > 0
        ? tf.train.momentum(optimizer.learningRate, optimizer.momentum)
        : tf.train.sgd(optimizer.learningRate);
  const loss = task.loss === 'binary' ? 'binaryCrossentropy' : 'sparseCategoricalCrossentropy';
  network.compile({ optimizer: trainer, loss, ...(task.recipe === null ? {} : { metrics: ['accuracy'] }) });
  for (const [layer, weights] of Object.entries(task.weights))
    network.getLayer(layer).setWeights(Object.values(weights).map(weight => tf.tensor(readFloats(weight), [...weight.shape])));
  return network;
}

function build({ network, dropout, oneHot }: Omit<TrainTask, 'kind'>): LayersModel {
  const steps = 100;
  const opinion = (stack: Stack): LayersModel =>
    sequential({ layers: [...stack, layers.dense({ name: 'dense', units: 1, activation: 'sigmoid' })] });
  const words = (): Stack[number] => layers.embedding({ name: 'embedding', inputDim: 1000, outputDim: 32, inputLength: steps });
  switch (network) {
    case 'fashion-cnn':
      return sequential({
        layers: [
          layers.conv2d({ name: 'conv2d', inputShape: [28, 28, 1], filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
          ...(dropout > 0 ? [layers.dropout({ rate: dropout })] : []),
          layers.dense({ name: 'dense', units: 100, activation: 'relu' }),
          layers.dense({ name: 'dense_1', units: 10, activation: 'softmax' }),
        ],
      });
    case 'one-hot-rnn':
      return opinion([layers.simpleRNN({ name: 'simple_rnn', units: 32, inputShape: [steps, oneHot as number] })]);
    case 'embedding-rnn':
      return opinion([words(), layers.simpleRNN({ name: 'simple_rnn', units: 8 })]);
    case 'embedding-lstm':
      return opinion([words(), layers.lstm({ name: 'lstm', units: 8, recurrentActivation: 'sigmoid' })]);
    case 'lstm-256':
      return sequential({
        layers: [
          layers.lstm({ name: 'lstm', units: 256, inputShape: [steps, 64], recurrentActivation: 'sigmoid' }),
          layers.dense({ name: 'dense', units: 10, activation: 'softmax' }),
        ],
      });
    case 'resnet-20':
      return resnet20();
    case 'transformer':
      throw new CannotError('tfjs-layers has no attention, and no lambda layer to make one of');
  }
}

/** The same layers, under the same names, as Jogak's: see `../networks/resnet20.ts`. */
function resnet20(): LayersModel {
  const convolved = (x: SymbolicTensor, place: string, filters: number, kernelSize: number, strides: number): SymbolicTensor => {
    const options = { filters, kernelSize, strides, padding: 'same', useBias: false } as const;
    const convolution = layers.conv2d({ name: `conv_${place}`, ...options }).apply(x);
    return layers.batchNormalization({ name: `norm_${place}` }).apply(convolution) as SymbolicTensor;
  };
  const relu = (x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor =>
    layers.activation({ activation: 'relu' }).apply(x) as SymbolicTensor;
  const images = layers.input({ shape: [32, 32, 3] });
  let x = relu(convolved(images, '0', 16, 3, 1));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const place = `${stage + 1}_${block + 1}`;
      const changes = stage > 0 && block === 0;
      const inner = relu(convolved(x, `${place}_a`, filters, 3, changes ? 2 : 1));
      const outer = convolved(inner, `${place}_b`, filters, 3, 1);
      const shortcut = changes ? convolved(x, `${place}_s`, filters, 1, 2) : x;
      x = relu(layers.add().apply([outer, shortcut]) as SymbolicTensor);
    }
  }
  const features = layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(x);
  const outputs = layers.dense({ name: 'dense', units: 10, activation: 'softmax' }).apply(features) as SymbolicTensor;
  return model({ inputs: images, outputs });
}
