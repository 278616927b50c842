import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type CellAttributes, widthOf } from './arguments.js';
import { type CellGradInputs, gradSizesOf, runBackward } from './backward.js';
import { type CellInputs, runForward, sizesOf } from './forward.js';
import { packTransposed } from './transposed.js';

/** @see {@link CellInputs} */
interface LstmInputs extends CellInputs {
  readonly initialCell: TensorInfo;
}

/** @see {@link CellGradInputs} */
interface LstmGradInputs extends CellGradInputs {
  readonly initialCell: TensorInfo;
  readonly gates: TensorInfo;
  readonly cells: TensorInfo;
  readonly dCell?: TensorInfo | undefined;
}

/** An LSTM over whole sequences, float32; `@jogak/ops` describes inputs and outputs. */
export const lstm: SimdKernel = simdKernel<LstmInputs, CellAttributes>('JogakLstm', ({ inputs, attrs, backend }) => {
  const { batch, steps, units, columns } = sizesOf(inputs, 4);
  const cell = backend.output([batch, units]);
  const gates = attrs.forGradient ? backend.output([batch, steps, columns]) : undefined;
  const cells = attrs.forGradient ? backend.output([batch, steps, units]) : undefined;
  const more = { initialCell: inputs.initialCell, cell, gates, cells };
  const outputs: TensorInfo[] = runForward(backend, { kernel: 'recurrentLstmF32', blocks: 4, rows: 7 }, inputs, attrs, more);
  outputs.push(cell);
  if (gates && cells) outputs.push(gates, cells);
  return outputs;
});

/** The gradients of {@link lstm}. */
export const lstmGrad: SimdKernel = simdKernel<LstmGradInputs, CellAttributes>('JogakLstmGrad', ({ inputs, attrs, backend }) => {
  const { batch, units, columns } = gradSizesOf(inputs);
  const { gates, cells, initialCell, dCell } = inputs;
  const packed = packTransposed(backend, backend.pointer(inputs.recurrentKernel), units, columns);
  const dInitialCell = backend.output([batch, units]);
  const numbers = 3 * widthOf(units);
  const own = { gates, cells, initialCell, dCell, dInitialCell };
  const cell = { kernel: 'recurrentLstmGradF32', numbers, packed, biasShape: [columns], ...own } as const;
  const gradients = runBackward(backend, cell, inputs, attrs);
  backend.releaseScratch(packed);
  return [...gradients, dInitialCell];
});
