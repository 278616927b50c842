import '#gradients';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  enableProdMode,
  engine,
  findBackend,
  getBackend,
  getKernel,
  registerBackend,
  registerKernel,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { registerCpuKernels } from './cpu/index.js';
import { activationGradKernel } from './linear/activation-grad.js';
import { convolveFilterGradKernel } from './linear/convolve-filter-grad.js';
import { optimizerUpdateKernel } from './optimizer-update/cpu.js';

// Importing the backend alone would register it, were it not that bundlers drop such an import: the package calls itself
// free of side effects. Using the class in a value keeps it.
if (!findBackend('cpu')) registerBackend('cpu', () => new MathBackendCPU(), 1);
registerCpuKernels();

// A second copy of this package in one program finds the first one's kernels there.
for (const kernel of [optimizerUpdateKernel, activationGradKernel, convolveFilterGradKernel]) {
  if (getKernel(kernel.kernelName, 'cpu') == null) registerKernel(kernel);
}

shareSavedTensors();

// Silences the advice, printed at the first operation, to install a native addon.
enableProdMode();

/**
 * Lets the tape keep what a gradient needs without an op for each: tfjs-core records a copy, by a kernel of its own, so that a gradient may
 * itself be differentiated by it. Where no gradient of a gradient is taken, another reference to the same values will do. A training step
 * keeps some twenty-five.
 */
function shareSavedTensors(): void {
  // Private, and called for nothing else.
  const tape = engine() as unknown as { clone(x: Tensor): Tensor };
  const recordCopy = tape.clone;
  tape.clone = x => {
    if (engine().state.gradientDepth > 1) return recordCopy.call(tape, x);
    return another(x);
  };
}

/** Another tensor of the same values, without an op: not on the tape. */
export function another(x: Tensor): Tensor {
  // Its own backend, which may not be the one in use.
  engine().state.tensorInfo.get(x.dataId)!.backend.incRef(x.dataId);
  return engine().makeTensorFromDataId(x.dataId, x.shape, x.dtype);
}

/** Whether the backend in use has a kernel of this name. Where it has none, a fused op is made of tfjs-core's ops instead. */
export function hasKernel(kernelName: string): boolean {
  return getKernel(kernelName, getBackend()) != null;
}

/**
 * Runs kernels (not ops, which open scopes) so that what they give belongs to the scope that was open when this was called. The gradients
 * of an op's inputs are computed in a scope each: what they share must outlive the first one's.
 */
export function scopeOfNow(): <Result>(runKernels: () => Result) => Result {
  const scope = engine().state.activeScope;
  return runKernels => {
    const { state } = engine();
    const inner = state.activeScope;
    state.activeScope = scope;
    try {
      return runKernels();
    } finally {
      state.activeScope = inner;
    }
  };
}
