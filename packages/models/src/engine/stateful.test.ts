import { bidirectional, dense, lstm, simpleRNN } from '@jogak/layers';
import { hostArray, memory, normalValues, randomKey, type Tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
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

  it('are freed with the model', () => {
    const before = memory().numTensors;
    const model = network();
    (model.predict(x) as Tensor).dispose();
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
