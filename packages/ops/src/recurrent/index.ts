import './cpu/index.js';

export { type GruOptions, gru } from './gru.js';
export { type LstmOptions, lstm } from './lstm.js';
export type { RecurrentOptions, RecurrentResult } from './recurrent-options.js';
export { type SimpleRnnOptions, simpleRnn } from './simple-rnn.js';
