import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/**
 * Rows of the batch that a chunk runs through all steps: enough to use each weight that is loaded several times, few enough for two threads to
 * share a batch. Sixteen are three tiles of a product, one of six rows and two of five, which take a tenth less time than four of four.
 */
export const rowsOfChunk = (batch: number): number => (batch >= 32 ? 16 : 8);
/** Columns of a panel of packed weights. This and all else here: assembly/recurrent/arguments.ts has the same. */
const PANEL = 8;
/** Bytes at the beginning of a thread's memory that hold the arguments. */
const FRAME_BYTES = 128;

/** Activations by number. */
const ACTIVATIONS = { linear: 0, relu: 1, tanh: 2, sigmoid: 3, hardSigmoid: 4 };

/** An activation that the kernels know. */
export type Activation = keyof typeof ACTIVATIONS;

/** Attributes of all cells; `@jogak/ops` describes them. */
export interface CellAttributes {
  readonly activation: Activation;
  readonly recurrentActivation?: Activation;
  readonly goBackwards: boolean;
  readonly resetAfter?: boolean;
  readonly forGradient: boolean;
}

/** The sizes of a run. */
export interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** Of the kernel: `units` times the blocks of the cell. */
  readonly columns: number;
}

/** Units rounded up to whole panels. */
export const widthOf = (units: number): number => Math.ceil(units / PANEL) * PANEL;

/** Number of an activation, 0 for none. */
export const activationNumber = (name: Activation | undefined): number => (name === undefined ? 0 : ACTIVATIONS[name]);

/** Address of a tensor's values, 0 where there is none. */
export const pointerOf = (backend: SimdBackend, tensor: TensorInfo | undefined): number => (tensor ? backend.pointer(tensor) : 0);

/** Address of a mask `[batch, steps]`; 0 for an empty one, where all steps count. */
export const maskOf = (backend: SimdBackend, mask: TensorInfo): number => (mask.shape.length === 2 ? backend.pointer(mask) : 0);

/** Bytes of the memory of a thread that has room for `numbers` in each of the rows of its chunk. */
export const scratchBytes = (rows: number, numbers: number): number => FRAME_BYTES + rows * numbers * 4 + 64;
