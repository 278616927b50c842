// Registers the kernels of this folder for `cpu`.
import './gru.js';
import './input-kernel-grad.js';
import './lstm.js';
import './simple-rnn.js';
