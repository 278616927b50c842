import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk: assembly/optimizer/update.ts has the same. */
const CHUNK = 8192;
/** Elements of a cache line. */
const LINE = 16;
/** Numbers that the kernels read of each weight: addresses of weight, gradient, three slots; decay; length. */
const ROW = 8;

/** How weights follow from gradients: what `@jogak/ops` calls an `UpdateRule`, where the formulas stand. */
type Rule =
  | { readonly name: 'sgd'; readonly learningRate: number; readonly momentum: number; readonly nesterov: boolean }
  | {
      readonly name: 'adam';
      readonly stepSize: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly amsgrad: boolean;
    }
  | {
      readonly name: 'rmsprop';
      readonly learningRate: number;
      readonly rho: number;
      readonly momentum: number;
      readonly epsilon: number;
      readonly centered: boolean;
    }
  | { readonly name: 'adagrad'; readonly learningRate: number; readonly epsilon: number };

/**
 * The update of all weights of a step, in place. Inputs, in this order: of each weight `weightN`, `gradientN`, `slotN_0`, `slotN_1`, …
 *
 * Float32 all through, but for RMSprop's centered variance; a step differs by a few roundings from that of `cpu`, which computes in
 * double precision. The square of a gradient from 2·10¹⁹ on is infinite.
 */
export const optimizerUpdate: SimdKernel = simdKernel<Record<string, TensorInfo>, { rule: Rule; decays: readonly number[] }>(
  'JogakOptimizerUpdate',
  ({ inputs, attrs: { rule, decays }, backend }) => {
    if (decays.length === 0) return [];
    const numbers = new Float64Array(decays.length * ROW);
    const tensors = Object.values(inputs);
    const chunks = Math.ceil(describe(tensors, decays, numbers, backend) / CHUNK);
    const table = backend.scratchOf(numbers);
    run(rule, backend, chunks, table, decays.length);
    backend.releaseScratch(table);
    const each = tensors.length / decays.length;
    tensors.forEach((tensor, index) => {
      // The second of each is a gradient, which is only read.
      if (index % each !== 1) backend.changed(tensor);
    });
    return [];
  },
);

/** Fills the table that the kernels read. Returns how many elements they go over, each weight's rounded up to cache lines. */
function describe(tensors: readonly TensorInfo[], decays: readonly number[], numbers: Float64Array, backend: SimdBackend): number {
  const each = tensors.length / decays.length;
  let elements = 0;
  for (let item = 0; item < decays.length; item++) {
    const row = item * ROW;
    const first = item * each;
    for (let i = 0; i < 5; i++) numbers[row + i] = i < each ? backend.pointer(tensors[first + i]!) : 0;
    let length = 1;
    for (const size of tensors[first]!.shape) length *= size;
    numbers[row + 5] = decays[item]!;
    numbers[row + 6] = length;
    elements += Math.ceil(length / LINE) * LINE;
  }
  return elements;
}

function run(rule: Rule, backend: SimdBackend, chunks: number, table: number, weights: number): void {
  switch (rule.name) {
    case 'sgd':
      if (rule.momentum === 0) backend.run('optimizerSgdF32', chunks, table, weights, rule.learningRate);
      else backend.run('optimizerMomentumF32', chunks, table, weights, rule.learningRate, rule.momentum, rule.nesterov ? 1 : 0);
      break;
    case 'adam': {
      const { stepSize, beta1, beta2, epsilon, amsgrad } = rule;
      backend.run('optimizerAdamF32', chunks, table, weights, stepSize, 1 - beta1, 1 - beta2, epsilon, amsgrad ? 1 : 0);
      break;
    }
    case 'rmsprop': {
      const { learningRate, rho, epsilon, momentum, centered } = rule;
      backend.run('optimizerRmspropF32', chunks, table, weights, learningRate, rho, 1 - rho, epsilon, momentum, centered ? 1 : 0);
      break;
    }
    case 'adagrad':
      backend.run('optimizerAdagradF32', chunks, table, weights, rule.learningRate, rule.epsilon);
  }
}
