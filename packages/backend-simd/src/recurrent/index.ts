import type { SimdKernel } from '../kernel.js';
import { gru, gruGrad } from './gru.js';
import { inputKernelGrad } from './input-kernel-grad.js';
import { lstm, lstmGrad } from './lstm.js';
import { simpleRnn, simpleRnnGrad } from './simple-rnn.js';

export const recurrentKernels: readonly SimdKernel[] = [simpleRnn, simpleRnnGrad, lstm, lstmGrad, gru, gruGrad, inputKernelGrad];
