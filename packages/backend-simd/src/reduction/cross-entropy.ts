import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelName } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { rowsInChunk } from './softmax.js';

// The contracts of these kernels are in `@jogak/ops`: cross-entropy/kernel-contract.ts.

interface Inputs {
  readonly targets: TensorInfo;
  readonly predictions: TensorInfo;
}

interface CrossEntropyAttrs {
  readonly kind: keyof typeof crossEntropies;
  readonly columns: number;
  readonly shape: readonly number[];
  readonly epsilon: number;
  readonly forGradient: boolean;
}

const crossEntropies = {
  softmax: 'softmaxCrossEntropyF32',
  sparseSoftmax: 'sparseSoftmaxCrossEntropyF32',
  sigmoid: 'sigmoidCrossEntropyF32',
  categorical: 'crossEntropyF32',
  sparseCategorical: 'sparseCrossEntropyF32',
  binary: 'binaryCrossEntropyF32',
} as const satisfies Record<string, KernelName>;

/** Cross-entropy of rows, and its gradient in the same pass. */
export const crossEntropy: SimdKernel = simdKernel<Inputs, CrossEntropyAttrs>(
  'JogakCrossEntropy',
  ({ inputs: { targets, predictions }, attrs: { kind, columns, shape, epsilon, forGradient }, backend }) => {
    const values = backend.output(shape);
    const gradient = forGradient ? backend.output(predictions.shape) : undefined;
    const rows = util.sizeFromShape(values.shape);
    if (rows > 0) {
      const perChunk = rowsInChunk(columns);
      backend.run(
        crossEntropies[kind],
        Math.ceil(rows / perChunk),
        backend.pointer(targets),
        backend.pointer(predictions),
        backend.pointer(values),
        gradient ? backend.pointer(gradient) : 0,
        rows,
        columns,
        perChunk,
        targets.dtype === 'int32' ? 1 : 0,
        epsilon,
      );
    }
    return gradient ? [values, gradient] : [values];
  },
);

interface AccuracyAttrs {
  readonly kind: keyof typeof accuracies;
  readonly columns: number;
  readonly threshold: number;
}

const accuracies = {
  sparse: 'sparseAccuracyF32',
  categorical: 'categoricalAccuracyF32',
  binary: 'binaryAccuracyF32',
} as const satisfies Record<string, KernelName>;

/** How many predictions are right, and of how many. */
export const accuracy: SimdKernel = simdKernel<Inputs, AccuracyAttrs>(
  'JogakAccuracy',
  ({ inputs: { targets, predictions }, attrs: { kind, columns, threshold }, backend }) => {
    const sums = backend.output([2]);
    backend.run(
      accuracies[kind],
      1,
      backend.pointer(targets),
      backend.pointer(predictions),
      backend.pointer(sums),
      util.sizeFromShape(predictions.shape) / (columns || 1),
      columns,
      targets.dtype === 'int32' ? 1 : 0,
      threshold,
    );
    return sums;
  },
);
