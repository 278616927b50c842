import { embedding } from '../core/embedding.js';
import { masking } from '../core/masking.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { simpleRNN } from './simple-rnn.js';

describeLayer('simpleRNN', () => simpleRNN({ units: 3 }), {
  inputShape: [2, 3, 2],
  weights: { 'simple_rnn_cell/kernel': [2, 3], 'simple_rnn_cell/recurrent_kernel': [3, 3], 'simple_rnn_cell/bias': [3] },
  mask: 'own',
});
describeLayer('lstm', () => lstm({ units: 2, returnSequences: true }), {
  inputShape: [2, 3, 2],
  weights: { 'lstm_cell/kernel': [2, 8], 'lstm_cell/recurrent_kernel': [2, 8], 'lstm_cell/bias': [8] },
  mask: 'passes',
});
describeLayer('gru', () => gru({ units: 2, returnState: true }), {
  inputShape: [2, 3, 2],
  weights: { 'gru_cell/kernel': [2, 6], 'gru_cell/recurrent_kernel': [2, 6], 'gru_cell/bias': [2, 6] },
  mask: 'own',
});
describeLayer('embedding', () => embedding({ inputDim: 3, outputDim: 2 }), {
  inputShape: [2, 3],
  inputDType: 'int32',
  weights: { embeddings: [3, 2] },
});
describeLayer('masking', () => masking(), { inputShape: [2, 3, 2], mask: 'own' });
