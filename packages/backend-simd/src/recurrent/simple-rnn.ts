import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type CellAttributes, widthOf } from './arguments.js';
import { type CellGradInputs, gradSizesOf, runBackward } from './backward.js';
import { type CellInputs, runForward } from './forward.js';
import { packTransposed } from './transposed.js';

/** A simpleRnn over whole sequences, float32; `@jogak/ops` describes inputs and outputs. */
export const simpleRnn: SimdKernel = simdKernel<CellInputs, CellAttributes>('JogakSimpleRnn', ({ inputs, attrs, backend }) =>
  runForward(backend, { kernel: 'recurrentSimpleRnnF32', blocks: 1, rows: 2 }, inputs, attrs, {}),
);

/** The gradients of {@link simpleRnn}. */
export const simpleRnnGrad: SimdKernel = simdKernel<CellGradInputs, CellAttributes>('JogakSimpleRnnGrad', ({ inputs, attrs, backend }) => {
  const { units, columns } = gradSizesOf(inputs);
  const packed = packTransposed(backend, backend.pointer(inputs.recurrentKernel), units, columns);
  const cell = { kernel: 'recurrentSimpleRnnGradF32', numbers: widthOf(units), packed, biasShape: [columns] } as const;
  const gradients: TensorInfo[] = runBackward(backend, cell, inputs, attrs);
  backend.releaseScratch(packed);
  return gradients;
});
