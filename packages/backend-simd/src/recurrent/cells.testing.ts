import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { expectSameAsCpu, floats, runKernel, sample, sampleIntegers, type Values } from '../kernel.testing.js';
import type { Activation } from './arguments.js';

const cpu = new MathBackendCPU();

/** A cell, and how its tensors are made. */
export interface CellUnderTest {
  readonly op: 'JogakSimpleRnn' | 'JogakLstm' | 'JogakGru';
  /** Blocks of `units` columns in the kernels. */
  readonly blocks: number;
  readonly resetAfter?: boolean;
}

/** A run over a sequence. */
export interface Run {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
  readonly activation?: Activation;
  readonly recurrentActivation?: Activation;
  readonly goBackwards?: boolean;
  readonly masked?: boolean;
  /** @default numbers all through */
  readonly x?: 'oneHot' | 'ids' | Values;
  readonly kernel?: Values;
}

/** One-hot rows: some are zeros, and some have another number than 1. */
export function oneHot(rows: number, features: number): Float32Array {
  const x = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) if (row % 5 !== 3) x[row * features + ((row * 7) % features)] = row % 4 === 1 ? -0.5 : 1;
  return x;
}

/** Ids, also some that are no rows of the kernel. */
const ids = (rows: number, features: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => ((row * 7) % (features + 2)) - 1);

/** How an input `[batch, steps, features]` is made. */
const inputs = {
  numbers: (shape: number[]): Values => sample(shape, 1),
  oneHot: (shape: number[]): Values => floats(oneHot(shape[0]! * shape[1]!, shape[2]!), shape),
  ids: (shape: number[]): Values => ({ shape: shape.slice(0, 2), dtype: 'int32', values: ids(shape[0]! * shape[1]!, shape[2]!) }),
};

const scaled = (values: Values, factor: number): Values => floats(values.values.map(value => value * factor) as Float32Array, values.shape);

/**
 * Runs a cell and its gradient, and expects of every output what `cpu` gives, which computes in double precision: to `tolerance`, relative
 * to 1 or the value.
 */
export function expectCellAsOnCpu(cell: CellUnderTest, run: Run, tolerance: number): void {
  const { batch, steps, features, units, masked = false, goBackwards = false } = run;
  const columns = cell.blocks * units;
  const isLstm = cell.op === 'JogakLstm';
  const mask: Values = masked ? sampleIntegers([batch, steps], 2, 'bool', 9) : { shape: [0], dtype: 'bool', values: new Uint8Array(0) };
  const shape = [batch, steps, features];
  const x = typeof run.x === 'object' ? run.x : inputs[run.x ?? 'numbers'](shape);
  const root = 1 / Math.sqrt(units);
  const state = {
    initialState: sample([batch, units], 5),
    ...(isLstm ? { initialCell: sample([batch, units], 6) } : {}),
    mask,
  };
  const recurrentKernel = scaled(sample([units, columns], 3), root);
  const kernel = run.kernel ?? scaled(sample([features, columns], 2), 1 / Math.sqrt(Math.max(1, features)));
  const bias = sample(cell.resetAfter ? [2, columns] : [columns], 4);
  const attrs = {
    activation: run.activation ?? 'tanh',
    ...(cell.op === 'JogakSimpleRnn' ? {} : { recurrentActivation: run.recurrentActivation ?? 'sigmoid' }),
    ...(cell.resetAfter === undefined ? {} : { resetAfter: cell.resetAfter }),
    goBackwards,
    forGradient: true,
  };
  const given = { x, kernel, recurrentKernel, bias, ...state };
  // Gates may be anything at a masked step: there only the outputs are compared, and the gradient gets NaN for them.
  expectSameAsCpu(cell.op, given, { ...attrs, forGradient: false }, tolerance);
  const outputs = masked ? runKernel(cpu, 'cpu', cell.op, given, attrs) : expectSameAsCpu(cell.op, given, attrs, tolerance);
  const [sequence] = outputs as [Values];
  const gates = isLstm ? outputs[3] : outputs[2];
  if (gates) spoilMasked(gates.values as Float32Array, mask.values as Uint8Array, steps, goBackwards);
  const kept = isLstm ? { gates, cells: outputs[4] } : gates ? { gates } : {};
  const dOutputs = {
    dSequence: sample([batch, steps, units], 7),
    dState: sample([batch, units], 8),
    ...(isLstm ? { dCell: sample([batch, units], 10) } : {}),
  };
  const gradients = expectSameAsCpu(`${cell.op}Grad`, { recurrentKernel, ...state, sequence, ...kept, ...dOutputs }, attrs, tolerance);
  expectSameAsCpu(`${cell.op}Grad`, { recurrentKernel, ...state, sequence, ...kept, dState: dOutputs.dState }, attrs, tolerance);
  if (x.shape.length === 3) expectSameAsCpu('JogakInputKernelGrad', { x, dProjection: gradients[0] }, {}, tolerance);
}

/** Puts NaN in the place of the gates `[batch, steps, …]` of masked steps. */
function spoilMasked(gates: Float32Array, mask: Uint8Array, steps: number, goBackwards: boolean): void {
  const size = gates.length / mask.length;
  mask.forEach((isCounted, index) => {
    const step = goBackwards ? index - (index % steps) + steps - 1 - (index % steps) : index;
    if (!isCounted) gates.fill(NaN, step * size, (step + 1) * size);
  });
}
