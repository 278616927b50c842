import { clearSession, dense } from '@jogak/layers';
import { hostArray, type Parameter, setRandomSeed } from '@jogak/ops';
import { sgd } from '@jogak/optimizers';
import { type Model, sequential } from '../index.js';
import type { Callback } from './callback.js';

export const x = hostArray(
  Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  [6, 2],
);
export const y = hostArray(
  Float32Array.from({ length: 6 }, (_, i) => Math.cos(i)),
  [6, 1],
);

/** A compiled network of one layer, the same at every call. */
export function network(): Model {
  clearSession();
  setRandomSeed(1);
  const model = sequential({ layers: [dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: 'meanSquaredError', metrics: ['mae'] });
  return model;
}

/** Tells a callback of epochs with these figures, until it ends training. @returns number of epochs */
export async function replay(callback: Callback, model: Model, key: string, figures: readonly number[]): Promise<number> {
  callback.attach(model, { epochs: figures.length, initialEpoch: 0, steps: 1, samples: 1 });
  model.stopTraining = false;
  await callback.onTrainBegin();
  let epoch = 0;
  for (const value of figures) {
    model.setWeights([hostArray(Float32Array.of(epoch, 0), [2, 1]), hostArray(Float32Array.of(0))]);
    await callback.onEpochBegin(epoch);
    await callback.onEpochEnd(epoch++, { [key]: value });
    if (model.stopTraining) break;
  }
  await callback.onTrainEnd({});
  return epoch;
}

/** The numbers of the first weight. */
export const kernel = (model: Model): number[] => [...((model.weights[0] as Parameter).read().data as Float32Array)];
