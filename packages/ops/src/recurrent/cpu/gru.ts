import type { TensorInfo } from '@tensorflow/tfjs-core';
import { GRU, GRU_GRAD, type GruGradInputs, type GruInputs, type RecurrentAttrs } from '../kernel-contract.js';
import { gruResetAfter, gruResetAfterGrad } from './gru-reset-after.js';
import { gruResetBefore, gruResetBeforeGrad } from './gru-reset-before.js';
import { registerCpuKernel } from './register.js';

registerCpuKernel<GruInputs<TensorInfo>, RecurrentAttrs>(GRU, (inputs, attrs, host) =>
  attrs.resetAfter ? gruResetAfter(inputs, attrs, host) : gruResetBefore(inputs, attrs, host),
);

registerCpuKernel<GruGradInputs<TensorInfo>, RecurrentAttrs>(GRU_GRAD, (inputs, attrs, host) =>
  attrs.resetAfter ? gruResetAfterGrad(inputs, attrs, host) : gruResetBeforeGrad(inputs, attrs, host),
);
