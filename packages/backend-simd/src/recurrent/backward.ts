import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { activationNumber, type CellAttributes, maskOf, pointerOf, rowsOfChunk, type Sizes, scratchBytes } from './arguments.js';
import { multiply } from './multiply.js';
import { sumRows } from './sum.js';

/** What every gradient reads: `@jogak/ops` describes it. */
export interface CellGradInputs {
  readonly recurrentKernel: TensorInfo;
  readonly initialState: TensorInfo;
  readonly mask: TensorInfo;
  readonly sequence: TensorInfo;
  readonly dSequence?: TensorInfo | undefined;
  readonly dState?: TensorInfo | undefined;
}

/** What a gradient has of its own. */
export interface BackwardCell {
  readonly kernel: KernelName;
  /** Numbers that a row of the batch needs in a chunk's memory. */
  readonly numbers: number;
  /** Address of the transposed recurrent kernel in panels, and of its second part where it is in two. */
  readonly packed: number;
  readonly packedCandidate?: number;
  /** Address of what is kept of every step for the recurrent kernel's gradient, where that is not `dProjection`'s. */
  readonly inner?: number;
  readonly biasShape: readonly number[];
  readonly gates?: TensorInfo;
  readonly initialCell?: TensorInfo;
  readonly cells?: TensorInfo;
  readonly dCell?: TensorInfo | undefined;
  readonly dInitialCell?: TensorInfo;
}

/** Most numbers of a recurrent kernel whose gradient each chunk sums for its rows; larger ones are a product over all rows. */
const MOST_WEIGHTS = 16384;

export function gradSizesOf({ sequence, recurrentKernel }: CellGradInputs): Sizes {
  const [batch, steps, units] = sequence.shape as [number, number, number];
  return { batch, steps, units, columns: recurrentKernel.shape[1]! };
}

/** Runs a gradient over the sequence and returns `dProjection`, `dRecurrentKernel`, `dBias`, `dInitialState`. */
export function runBackward(backend: SimdBackend, cell: BackwardCell, inputs: CellGradInputs, attrs: CellAttributes): TensorInfo[] {
  const { batch, steps, units, columns } = gradSizesOf(inputs);
  const dProjection = backend.output([batch, steps, columns]);
  const dBias = backend.output(cell.biasShape);
  const dInitialState = backend.output([batch, units]);
  const isSummed = cell.inner !== undefined || units * columns <= MOST_WEIGHTS;
  const partialSize = (isSummed ? units + 2 : 2) * columns;
  const rows = rowsOfChunk(batch);
  const chunks = Math.ceil(batch / rows);
  const partials = backend.scratch(4 * chunks * partialSize);
  const threadBytes = scratchBytes(rows, cell.numbers);
  const scratch = backend.scratch(threadBytes * backend.settings.threads);
  backend.run(
    cell.kernel,
    chunks,
    pointerOf(backend, inputs.dSequence),
    pointerOf(backend, inputs.dState),
    cell.inner ?? pointerOf(backend, cell.dCell),
    backend.pointer(dProjection),
    partials,
    backend.pointer(dInitialState),
    cell.packed,
    backend.pointer(inputs.initialState),
    maskOf(backend, inputs.mask),
    backend.pointer(inputs.sequence),
    pointerOf(backend, cell.dInitialCell),
    batch,
    steps,
    isSummed ? 1 : 0,
    units,
    activationNumber(attrs.activation),
    activationNumber(attrs.recurrentActivation),
    attrs.goBackwards ? 1 : 0,
    scratch,
    threadBytes,
    pointerOf(backend, cell.gates),
    pointerOf(backend, cell.initialCell),
    cell.packedCandidate ?? 0,
    pointerOf(backend, cell.cells),
    rows,
  );
  const biasSize = cell.biasShape.reduce((size, length) => size * length, 1);
  sumRows(backend, partials, chunks, biasSize, backend.pointer(dBias), partialSize);
  let dRecurrentKernel: TensorInfo;
  if (isSummed) {
    dRecurrentKernel = backend.output([units, columns]);
    sumRows(backend, partials + 8 * columns, chunks, units * columns, backend.pointer(dRecurrentKernel), partialSize);
  } else {
    dRecurrentKernel = productGradient(backend, inputs, attrs, dProjection);
  }
  backend.releaseScratch(partials);
  backend.releaseScratch(scratch);
  return [dProjection, dRecurrentKernel, dBias, dInitialState];
}

/** Gradient of the recurrent kernel: the states before the steps, transposed, times the gradient of their product. */
function productGradient(backend: SimdBackend, inputs: CellGradInputs, attrs: CellAttributes, gradient: TensorInfo): TensorInfo {
  const { batch, steps, units, columns } = gradSizesOf(inputs);
  const before = backend.output([1, batch * steps, units]);
  backend.run(
    'recurrentBeforeF32',
    batch,
    backend.pointer(inputs.sequence),
    backend.pointer(inputs.initialState),
    backend.pointer(before),
    steps,
    units,
    attrs.goBackwards ? 1 : 0,
  );
  const product = multiply(backend, before, { ...gradient, shape: [1, batch * steps, columns] }, undefined, true);
  backend.disposeData(before.dataId);
  return { ...product, shape: [units, columns] };
}
