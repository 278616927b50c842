import { describe, expect, it } from 'vitest';
import { initializers } from '../index.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { describeRecurrent } from '../testing/describe-recurrent.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { lstm } from './lstm.js';
import { lstmCell } from './lstm-cell.js';

describeLayer('lstm', () => lstm({ units: 2, returnSequences: true, implementation: 1, dropout: 0.3 }), {
  inputShape: [2, 3, 2],
  weights: { 'lstm_cell/kernel': [2, 8], 'lstm_cell/recurrent_kernel': [2, 8], 'lstm_cell/bias': [8] },
  mask: 'passes',
});
describeLayer('lstmCell', () => lstmCell({ units: 2, recurrentDropout: 0.3 }), {
  inputShape: [
    [2, 3],
    [2, 2],
    [2, 2],
  ],
  weights: { kernel: [3, 8], recurrent_kernel: [2, 8], bias: [8] },
});
describeRecurrent({
  name: 'lstm',
  make: options => lstm({ units: 2, ...options }),
  makeCell: options => lstmCell({ units: 2, ...options }),
  states: 2,
});

describe('lstm', () => {
  it('matches Keras with another recurrent activation', () =>
    expectLayer(lstm({ units: 2, recurrentActivation: 'hardSigmoid', unitForgetBias: false })).toMatchGolden('lstm/recurrentActivation'));

  it('starts with a bias of ones for the forget gate, and by the initializer for the others', () => {
    const biasInitializer = initializers.constant({ value: 0.5 });
    const layer = lstm({ units: 2, biasInitializer });
    layer.ensureBuilt([null, 3, 1]);
    expect([...(layer.weights[2]?.read().data ?? [])]).toEqual([0.5, 0.5, 1, 1, 0.5, 0.5, 0.5, 0.5]);
    const plain = lstm({ units: 1, biasInitializer, unitForgetBias: false });
    plain.ensureBuilt([null, 3, 1]);
    expect([...(plain.weights[2]?.read().data ?? [])]).toEqual([0.5, 0.5, 0.5, 0.5]);
    for (const each of [layer, plain]) each.dispose();
  });

  it('has as many weights as Keras says', () => {
    const layer = lstm({ units: 8 });
    layer.ensureBuilt([null, 100, 32]);
    expect(layer.countParams()).toBe(1312);
    layer.dispose();
  });
});
