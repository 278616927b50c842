import { dense, lstm } from '@jogak/layers';
import { type Model, sequential } from '@jogak/models';

/** 256 LSTM cells over 100 steps of 64 numbers: `[batch, 100, 64]` → `[batch, 10]`, trained by Adam. */
export function lstm256(): Model {
  const network = sequential({
    name: 'lstm256',
    layers: [lstm({ name: 'lstm', units: 256, inputShape: [100, 64] }), dense({ name: 'dense', units: 10, activation: 'softmax' })],
  });
  network.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
  return network;
}
