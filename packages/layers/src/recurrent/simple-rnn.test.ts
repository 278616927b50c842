import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { describeRecurrent } from '../testing/describe-recurrent.testing.js';
import { simpleRNN } from './simple-rnn.js';
import { simpleRNNCell } from './simple-rnn-cell.js';

describeLayer('simpleRNN', () => simpleRNN({ units: 3 }), {
  inputShape: [2, 3, 2],
  weights: { 'simple_rnn_cell/kernel': [2, 3], 'simple_rnn_cell/recurrent_kernel': [3, 3], 'simple_rnn_cell/bias': [3] },
  mask: 'own',
});
describeLayer('simpleRNNCell', () => simpleRNNCell({ units: 3 }), {
  inputShape: [
    [2, 2],
    [2, 3],
  ],
  weights: { kernel: [2, 3], recurrent_kernel: [3, 3], bias: [3] },
});
describeRecurrent({
  name: 'simpleRNN',
  make: options => simpleRNN({ units: 2, ...options }),
  makeCell: options => simpleRNNCell({ units: 2, ...options }),
  states: 1,
});

describe('simpleRNN', () => {
  it('has as many weights as Keras says', () => {
    const layer = simpleRNN({ units: 32 });
    layer.ensureBuilt([null, 100, 100]);
    expect(layer.countParams()).toBe(4256);
    layer.dispose();
  });
});
