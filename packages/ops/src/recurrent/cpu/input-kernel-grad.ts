import type { TensorInfo } from '@tensorflow/tfjs-core';
import { INPUT_KERNEL_GRAD, type InputKernelGradInputs } from '../kernel-contract.js';
import { inputKernelGradient } from './input-projection.js';
import { registerCpuKernel } from './register.js';

registerCpuKernel<InputKernelGradInputs<TensorInfo>, object>(INPUT_KERNEL_GRAD, ({ x, dProjection }, _attrs, host) => {
  const [batch, steps, features] = x.shape as [number, number, number];
  const columns = dProjection.shape[2]!;
  return host.write(inputKernelGradient(host.read(x), host.read(dProjection), batch * steps, features, columns), [features, columns]);
});
