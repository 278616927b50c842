import type { KernelActivation } from '../kernel-contract.js';

/** The activation of one number. */
export function scalarActivation(name: KernelActivation): (x: number) => number {
  switch (name) {
    case 'linear':
      return x => x;
    case 'relu':
      return x => Math.max(x, 0);
    case 'tanh':
      return Math.tanh;
    case 'sigmoid':
      return x => 1 / (1 + Math.exp(-x));
    case 'hardSigmoid':
      return x => (x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6);
  }
}

/** The derivative of the activation, from the value it gave. */
export function derivativeFromOutput(name: KernelActivation): (y: number) => number {
  switch (name) {
    case 'linear':
      return () => 1;
    case 'relu':
      return y => (y > 0 ? 1 : 0);
    case 'tanh':
      return y => 1 - y * y;
    case 'sigmoid':
      return y => y * (1 - y);
    case 'hardSigmoid':
      return y => (y > 0 && y < 1 ? 1 / 6 : 0);
  }
}
