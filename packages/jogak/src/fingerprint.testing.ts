import * as jogak from './index.js';

/**
 * Trains two small networks, of every kind of layer that the recipes have, deterministically, and returns a hash (FNV-1a, 32 bits) of the
 * weights' bits and of what the networks predict. Layers have names, because what is drawn at random depends on them.
 */
export async function fingerprint(threads: number): Promise<string> {
  jogak.simd.configureSimd({ threads, deterministic: true });
  await jogak.setBackend('simd');
  await jogak.simd.ready();
  jogak.setRandomSeed(7);
  const images = await trained(
    [
      jogak.layers.conv2d({ name: 'convolution', filters: 5, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [9, 7, 2] }),
      jogak.layers.maxPooling2d({ poolSize: 2 }),
      jogak.layers.batchNormalization({ name: 'normalization' }),
      jogak.layers.flatten(),
      jogak.layers.dropout({ name: 'dropout', rate: 0.3 }),
      jogak.layers.dense({ name: 'hidden', units: 11, activation: 'tanh', kernelInitializer: 'heNormal' }),
    ],
    jogak.optimizers.adam({
      learningRate: jogak.optimizers.exponentialDecay({ initialLearningRate: 0.01, decaySteps: 3, decayRate: 0.8 }),
    }),
    [33, 9, 7, 2],
  );
  const sequences = await trained(
    [
      jogak.layers.lstm({ name: 'lstm', units: 6, returnSequences: true, inputShape: [5, 3] }),
      jogak.layers.gru({ name: 'gru', units: 4, returnSequences: true }),
      jogak.layers.simpleRNN({ name: 'rnn', units: 5 }),
    ],
    jogak.optimizers.rmsprop({ learningRate: 0.02, momentum: 0.5 }),
    [21, 5, 3],
  );
  let hash = 0x811c9dc5;
  for (const values of [...images, ...sequences]) {
    for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

/** Trains the layers with a softmax of three classes behind them, on noise. Returns its weights, and what it predicts of the noise. */
async function trained(
  layers: readonly jogak.Layer[],
  optimizer: jogak.Optimizer,
  shape: readonly [number, ...number[]],
): Promise<Float32Array[]> {
  const model = jogak.sequential({ layers: [...layers, jogak.layers.dense({ name: 'classes', units: 3, activation: 'softmax' })] });
  model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy' });
  const x = jogak.hostArray(jogak.uniformValues(jogak.randomKey(3, 'noise'), shape, -1, 1), shape);
  const y = jogak.hostArray(
    Int32Array.from({ length: shape[0] }, (_, i) => (i * 7) % 3),
    [shape[0]],
  );
  await model.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0 });
  const weights = model.getWeights().map(weight => weight.dataSync().slice() as Float32Array);
  const predicted = jogak.tidy(() => (model.predict(x) as jogak.Tensor).dataSync().slice() as Float32Array);
  model.dispose();
  return [...weights, predicted];
}
