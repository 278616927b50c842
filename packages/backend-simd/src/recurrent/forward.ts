import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { activationNumber, type CellAttributes, maskOf, pointerOf, rowsOfChunk, type Sizes, scratchBytes, widthOf } from './arguments.js';
import { type Entries, entriesOf, findNonFinite } from './entries.js';
import { multiply } from './multiply.js';
import { pack, packedSize } from './pack.js';

/** What every cell reads: `@jogak/ops` describes it. */
export interface CellInputs {
  /** Numbers, or ids. */
  readonly x: TensorInfo;
  readonly kernel: TensorInfo;
  readonly recurrentKernel: TensorInfo;
  readonly bias: TensorInfo;
  readonly initialState: TensorInfo;
  readonly mask: TensorInfo;
}

/** What a cell has of its own. */
export interface ForwardCell {
  readonly kernel: KernelName;
  /** Blocks of `units` columns in the kernels. */
  readonly blocks: number;
  /** Rows of `units` numbers that a row of the batch needs in a chunk's memory. */
  readonly rows: number;
}

/** What only some cells have, or only some runs want. */
export interface CellExtras {
  readonly gates?: TensorInfo | undefined;
  readonly isResetAfter?: boolean;
  readonly initialCell?: TensorInfo;
  readonly cell?: TensorInfo;
  readonly cells?: TensorInfo | undefined;
}

/** Most bytes of packed weights that a kernel multiplies x by as its steps go: they have to stay in the second-level cache. */
const SMALL = 2 ** 17;

const PROJECTED = 0;
const GATHERED = 1;
const MULTIPLIED = 2;

/** How the input comes to the cell. */
interface Source {
  readonly mode: number;
  readonly pointer: number;
  readonly entries?: Entries;
  /** Address of flags that are not 0 where the kernel has numbers that are not finite, and how many. */
  readonly flags?: number;
  readonly flagCount?: number;
  /** What holds the product with the kernel. */
  readonly projection?: TensorInfo;
}

export function sizesOf({ x, kernel, recurrentKernel }: CellInputs, blocks: number): Sizes & { readonly features: number } {
  const units = recurrentKernel.shape[0] as number;
  return { batch: x.shape[0]!, steps: x.shape[1]!, features: kernel.shape[0]!, units, columns: units * blocks };
}

/** Runs a cell over the sequence, forward, and returns `sequence` and `state`. */
export function runForward(
  backend: SimdBackend,
  cell: ForwardCell,
  inputs: CellInputs,
  attrs: CellAttributes,
  more: CellExtras,
): [sequence: TensorInfo, state: TensorInfo] {
  const { batch, steps, features, units, columns } = sizesOf(inputs, cell.blocks);
  const sequence = backend.output([batch, steps, units]);
  const state = backend.output([batch, units]);
  const source = sourceOf(backend, inputs, cell.blocks);
  const inputRows = source.mode === MULTIPLIED ? features : 0;
  const packed = backend.scratch(4 * packedSize(inputRows + units, units, cell.blocks));
  const weights = { rowBytes: columns * 4, columnBytes: 4, columns: units, blocks: cell.blocks };
  if (inputRows > 0) {
    pack(backend, { from: backend.pointer(inputs.kernel), rows: features, ...weights }, packed, features + units);
  }
  pack(backend, { from: backend.pointer(inputs.recurrentKernel), rows: units, ...weights }, packed, inputRows + units, inputRows);
  const rows = rowsOfChunk(batch);
  const threadBytes = scratchBytes(rows, cell.rows * widthOf(units) + inputRows);
  const scratch = backend.scratch(threadBytes * backend.settings.threads);
  backend.run(
    cell.kernel,
    Math.ceil(batch / rows),
    source.mode,
    source.pointer,
    source.entries?.indices ?? 0,
    source.entries?.values ?? 0,
    backend.pointer(inputs.kernel),
    backend.pointer(inputs.bias),
    packed,
    backend.pointer(inputs.initialState),
    maskOf(backend, inputs.mask),
    backend.pointer(sequence),
    backend.pointer(state),
    batch,
    steps,
    features,
    units,
    activationNumber(attrs.activation),
    activationNumber(attrs.recurrentActivation),
    attrs.goBackwards ? 1 : 0,
    scratch,
    threadBytes,
    pointerOf(backend, more.gates),
    more.isResetAfter ? 1 : pointerOf(backend, more.initialCell),
    pointerOf(backend, more.cell),
    pointerOf(backend, more.cells),
    rows,
    source.flags ?? 0,
    source.flagCount ?? 0,
  );
  if (source.flags !== undefined) backend.releaseScratch(source.flags);
  backend.releaseScratch(scratch);
  backend.releaseScratch(packed);
  if (source.projection) backend.disposeData(source.projection.dataId);
  return [sequence, state];
}

function sourceOf(backend: SimdBackend, inputs: CellInputs, blocks: number): Source {
  const { x, kernel, bias } = inputs;
  const { batch, steps, features, units, columns } = sizesOf(inputs, blocks);
  if (x.shape.length === 2) return { mode: GATHERED, pointer: 0, entries: { indices: backend.pointer(x), values: 0 } };
  const entries = entriesOf(backend, x);
  if (entries) return { mode: GATHERED, pointer: 0, entries, ...findNonFinite(backend, kernel, features * columns) };
  if (4 * packedSize(features + units, units, blocks) <= SMALL) return { mode: MULTIPLIED, pointer: backend.pointer(x) };
  const projection = multiply(
    backend,
    { ...x, shape: [1, batch * steps, features] },
    { ...kernel, shape: [1, features, columns] },
    { ...bias, shape: [columns] },
  );
  return { mode: PROJECTED, pointer: backend.pointer(projection), projection };
}
