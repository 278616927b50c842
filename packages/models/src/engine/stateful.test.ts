import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bidirectional, clearSession, dense, lstm, simpleRNN } from '@jogak/layers';
import { hostArray, memory, normalValues, randomKey, type Tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { loadCheckpoint, saveCheckpoint } from '../saving/index.js';
import type { Model } from './model.js';
import { sequential } from './sequential.js';

const x = hostArray(normalValues(randomKey(1, 'x'), [2, 3, 4]), [2, 3, 4]);

describe('stateful layers in a model', () => {
  const network = () =>
    sequential({
      layers: [
        simpleRNN({ units: 3, returnSequences: true, batchInputShape: [2, 3, 4] }),
        bidirectional({ layer: lstm({ units: 2, stateful: true }) }),
        dense({ units: 1 }),
      ],
    });
  const values = (output: Tensor | Tensor[]): number[] => [...(output as Tensor).dataSync()];

  it('go on from batch to batch until the model sets their states back', () => {
    const model = network();
    const first = values(model.predict(x));
    expect(values(model.predict(x))).not.toEqual(first);
    model.resetStates();
    expect(values(model.predict(x))).toEqual(first);
  });

  it('are in a checkpoint, so that a resumed run has the same bits', async () => {
    const y = hostArray(Float32Array.of(1, 0), [2, 1]);
    const compiled = () => {
      const model = network();
      model.compile({ optimizer: 'adam', loss: 'mse' });
      return model;
    };
    const weights = (model: Model) => model.weights.map(weight => [...weight.value.dataSync()]);
    const folder = await mkdtemp(join(tmpdir(), 'jogak-'));
    clearSession();
    const whole = compiled();
    await whole.fit(x, y, { epochs: 2 });
    await saveCheckpoint(whole, folder, { epoch: 2 });
    await whole.fit(x, y, { epochs: 4, initialEpoch: 2 });
    clearSession();
    const resumed = compiled();
    const { epoch } = await loadCheckpoint(resumed, folder);
    await resumed.fit(x, y, { epochs: 4, initialEpoch: epoch });
    expect(weights(resumed)).toEqual(weights(whole));
    await rm(folder, { recursive: true });
  });

  it('do not go on over a batch that is refused', async () => {
    const model = network();
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
    const first = values(model.predict(x));
    model.resetStates();
    await expect(model.fit(x, hostArray(Float32Array.of(7, 0), [2, 1]))).rejects.toThrow('target 7 in row');
    expect(values(model.predict(x))).toEqual(first);
  });

  it('are freed with the model', () => {
    const before = memory().numTensors;
    const model = network();
    (model.predict(x) as Tensor).dispose();
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
