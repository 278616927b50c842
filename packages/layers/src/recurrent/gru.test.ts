import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { describeRecurrent } from '../testing/describe-recurrent.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { gru } from './gru.js';
import { gruCell } from './gru-cell.js';

describeLayer('gru', () => gru({ units: 2, returnState: true }), {
  inputShape: [2, 3, 2],
  weights: { 'gru_cell/kernel': [2, 6], 'gru_cell/recurrent_kernel': [2, 6], 'gru_cell/bias': [2, 6] },
  mask: 'own',
});
describeLayer('gruCell', () => gruCell({ units: 2, resetAfter: false, dropout: 0.2, recurrentDropout: 0.3 }), {
  inputShape: [
    [2, 3],
    [2, 2],
  ],
  weights: { kernel: [3, 6], recurrent_kernel: [2, 6], bias: [6] },
});
describeRecurrent({
  name: 'gru',
  make: options => gru({ units: 2, ...options }),
  makeCell: options => gruCell({ units: 2, ...options }),
  states: 1,
});

describe('gru', () => {
  it('matches Keras with the reset gate before the recurrent product', () => {
    for (const looped of [false, true]) {
      const [layer, plain] = [
        gru({ units: 2, resetAfter: false, returnSequences: true, returnState: true }),
        gru({ units: 2, resetAfter: false, useBias: false }),
      ];
      if (looped) for (const { cell } of [layer, plain]) cell.sequence = () => null;
      expectLayer(layer).toMatchGolden('gru/resetBefore');
      expectLayer(plain).toMatchGolden('gru/resetBeforeNoBias');
    }
  });

  it('has two biases a gate, as Keras has', () => {
    const layer = gru({ units: 8 });
    layer.ensureBuilt([null, 100, 32]);
    expect(layer.countParams()).toBe(1008);
    layer.dispose();
  });
});
