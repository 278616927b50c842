import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type CellAttributes, widthOf } from './arguments.js';
import { type CellGradInputs, gradSizesOf, runBackward } from './backward.js';
import { type CellInputs, runForward, sizesOf } from './forward.js';
import { packTransposed } from './transposed.js';

/** @see {@link CellGradInputs} */
interface GruGradInputs extends CellGradInputs {
  readonly gates: TensorInfo;
}

/** A GRU over whole sequences, float32; `@jogak/ops` describes inputs and outputs. */
export const gru: SimdKernel = simdKernel<CellInputs, CellAttributes>('JogakGru', ({ inputs, attrs, backend }) => {
  const { batch, steps, units } = sizesOf(inputs, 3);
  const gates = attrs.forGradient ? backend.output([batch, steps, 4 * units]) : undefined;
  const more = { gates, isResetAfter: attrs.resetAfter === true };
  const outputs: TensorInfo[] = runForward(backend, { kernel: 'recurrentGruF32', blocks: 3, rows: 5 }, inputs, attrs, more);
  if (gates) outputs.push(gates);
  return outputs;
});

/** The gradients of {@link gru}. */
export const gruGrad: SimdKernel = simdKernel<GruGradInputs, CellAttributes>('JogakGruGrad', ({ inputs, attrs, backend }) => {
  const { batch, steps, units, columns } = gradSizesOf(inputs);
  const recurrentKernel = backend.pointer(inputs.recurrentKernel);
  const { gates } = inputs;
  const isAfter = attrs.resetAfter === true;
  const packed = packTransposed(backend, recurrentKernel, units, columns, 0, isAfter ? columns : 2 * units);
  const packedCandidate = isAfter ? 0 : packTransposed(backend, recurrentKernel, units, columns, 2 * units, units);
  const inner = backend.scratch(4 * batch * steps * (isAfter ? columns : units));
  const cell = isAfter
    ? ({ kernel: 'recurrentGruAfterGradF32', numbers: widthOf(units) + columns, biasShape: [2, columns] } as const)
    : ({ kernel: 'recurrentGruBeforeGradF32', numbers: 2 * widthOf(units) + columns, biasShape: [columns] } as const);
  const gradients = runBackward(backend, { ...cell, packed, packedCandidate, inner, gates }, inputs, attrs);
  backend.releaseScratch(inner);
  backend.releaseScratch(packed);
  if (!isAfter) backend.releaseScratch(packedCandidate);
  return gradients;
});
