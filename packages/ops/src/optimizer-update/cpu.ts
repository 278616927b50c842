import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { applyRule } from './apply-rule.js';
import { OPTIMIZER_UPDATE, unpackUpdate } from './kernel.js';

/** The multi-tensor optimizer update on `cpu`: on the backend's live arrays. */
export const optimizerUpdateKernel: KernelConfig = {
  kernelName: OPTIMIZER_UPDATE,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const values = (info: TensorInfo) => (backend as MathBackendCPU).readSync(info.dataId) as Float32Array;
    const { rule, items } = unpackUpdate(inputs, attrs ?? {});
    for (const { weight, gradient, slots, decay } of items) applyRule(rule, values(weight), values(gradient), slots.map(values), decay);
    return [];
  },
};
