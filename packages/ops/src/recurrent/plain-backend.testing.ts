import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { copyRegisteredKernels, findBackend, getBackend, registerBackend, setBackend, unregisterKernel } from '../index.js';
import { GRU, GRU_GRAD, INPUT_KERNEL_GRAD, LSTM, LSTM_GRAD, SIMPLE_RNN, SIMPLE_RNN_GRAD } from './kernel-contract.js';

const NAME = 'cpu-without-recurrent-kernels';

/** Runs `body` on a backend that is `cpu` but for the recurrent kernels, so that every recurrent op is composed. */
export async function onPlainBackend<T>(body: () => T): Promise<T> {
  if (!findBackend(NAME)) {
    registerBackend(NAME, () => new MathBackendCPU(), 0);
    copyRegisteredKernels('cpu', NAME);
    for (const kernel of [SIMPLE_RNN, SIMPLE_RNN_GRAD, LSTM, LSTM_GRAD, GRU, GRU_GRAD, INPUT_KERNEL_GRAD]) unregisterKernel(kernel, NAME);
  }
  const before = getBackend();
  await setBackend(NAME);
  try {
    return body();
  } finally {
    await setBackend(before);
  }
}
