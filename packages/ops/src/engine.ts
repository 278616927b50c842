import '#gradients';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, findBackend, getBackend, getKernel, registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import { registerCpuKernels } from './cpu/index.js';
import { activationGradKernel } from './linear/activation-grad.js';
import { optimizerUpdateKernel } from './optimizer-update/cpu.js';

// Importing the backend alone would register it, were it not that bundlers drop such an import: the package calls itself
// free of side effects. Using the class in a value keeps it.
if (!findBackend('cpu')) registerBackend('cpu', () => new MathBackendCPU(), 1);
registerCpuKernels();

// A second copy of this package in one program finds the first one's kernels there.
for (const kernel of [optimizerUpdateKernel, activationGradKernel]) {
  if (getKernel(kernel.kernelName, 'cpu') == null) registerKernel(kernel);
}

// Silences the advice, printed at the first operation, to install a native addon.
enableProdMode();

/** Whether the backend in use has a kernel of this name. Where it has none, a fused op is made of tfjs-core's ops instead. */
export function hasKernel(kernelName: string): boolean {
  return getKernel(kernelName, getBackend()) != null;
}
