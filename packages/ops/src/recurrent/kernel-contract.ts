/**
 * The kernels of the whole-sequence recurrent ops: what a backend that has faster ones registers, by these names. A backend
 * may have some of them, or none: the op is then composed of tfjs-core's ops, with the same result. The forward kernel of a
 * cell and its `…Grad` come together.
 *
 * All numbers are float32, row-major; B is the batch, T the steps (1 or more), F the features, U the units, and C the columns
 * of the kernel: U, 4U or 3U. No input of a forward kernel is left out: the op gives zeros for an absent bias or state, and an
 * empty mask, `[0]`, for an absent one: all steps count. `x` may be ids instead, `[B, T]` int32, of which each takes a row of the kernel, as its one-hot vector would, and
 * one that is no row none. A gradient kernel gets no `dSequence`, `dState` or `dCell` where the loss does not depend on that output: they are
 * then zeros. Step s of the *processing* is time s of `x` and `mask`, or T − 1 − s when `goBackwards`; `sequence` and all that is
 * kept for the gradient is in processing order, `dProjection` in that of `x`.
 */

/** @see SimpleRnnInputs */
export const SIMPLE_RNN = 'JogakSimpleRnn';
/** @see SimpleRnnGradInputs */
export const SIMPLE_RNN_GRAD = 'JogakSimpleRnnGrad';
/** @see LstmInputs */
export const LSTM = 'JogakLstm';
/** @see LstmGradInputs */
export const LSTM_GRAD = 'JogakLstmGrad';
/** @see GruInputs */
export const GRU = 'JogakGru';
/** @see GruGradInputs */
export const GRU_GRAD = 'JogakGruGrad';
/** @see InputKernelGradInputs */
export const INPUT_KERNEL_GRAD = 'JogakInputKernelGrad';

/** Activations that the kernels know: those whose derivative follows from their value. Others are composed. */
export type KernelActivation = 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'hardSigmoid';

/** Attributes of all forward kernels and their gradients. */
export interface RecurrentAttrs {
  /** Of the candidate, and of the LSTM's cell. */
  activation: KernelActivation;
  /** Of the gates; simpleRnn has none, and the attribute is then left out. */
  recurrentActivation?: KernelActivation;
  goBackwards: boolean;
  /** GRU only: the reset gate is applied after the recurrent product, whose bias is then apart. */
  resetAfter?: boolean;
  /** Whether the outputs for the gradient are wanted, too. The gradient kernels ignore it. */
  forGradient: boolean;
}

/** What every cell reads: `x [B, T, F]` or ids `[B, T]`, `kernel [F, C]`, `recurrentKernel [U, C]`, `bias [C]`, `initialState [B, U]`, `mask [B, T]` (bool; 0 = the state is carried over), or `[0]`: all steps count. */
export interface CellInputs<T> {
  x: T;
  kernel: T;
  recurrentKernel: T;
  bias: T;
  initialState: T;
  mask: T;
}

/** Outputs: `sequence [B, T, U]`, `state [B, U]`. C = U. */
export type SimpleRnnInputs<T> = CellInputs<T>;

/**
 * C = 4U, the gates i, f, c, o; `initialCell [B, U]`.
 * Outputs: `sequence [B, T, U]`, `state [B, U]`, `cell [B, U]`; for the gradient `gates [B, T, 4U]` (after their activation;
 * anything at a masked step) and `cells [B, T, U]` (after each step).
 */
export interface LstmInputs<T> extends CellInputs<T> {
  initialCell: T;
}

/**
 * C = 3U, the gates z, r, h; `bias` is `[2, 3U]` when `resetAfter`: of the input, of the recurrent product.
 * Outputs: `sequence [B, T, U]`, `state [B, U]`; for the gradient `gates [B, T, 4U]`: z, r and h after their activation, then
 * the recurrent part of h before the reset gate when `resetAfter`, else zeros; anything at a masked step.
 */
export type GruInputs<T> = CellInputs<T>;

/** What every gradient reads beside what its forward kernel kept. */
export interface CellGradInputs<T> {
  recurrentKernel: T;
  initialState: T;
  mask: T;
  sequence: T;
  /** `[B, T, U]` */
  dSequence?: T | undefined;
  /** `[B, U]` */
  dState?: T | undefined;
}

/** Outputs: `dProjection [B, T, C]` (of x·kernel + bias), `dRecurrentKernel [U, C]`, `dBias` (as `bias`), `dInitialState [B, U]`. */
export type SimpleRnnGradInputs<T> = CellGradInputs<T>;

/** Outputs: those of {@link SimpleRnnGradInputs}, then `dInitialCell [B, U]`. */
export interface LstmGradInputs<T> extends CellGradInputs<T> {
  initialCell: T;
  gates: T;
  cells: T;
  /** `[B, U]` */
  dCell?: T | undefined;
}

/** Outputs: those of {@link SimpleRnnGradInputs}. */
export interface GruGradInputs<T> extends CellGradInputs<T> {
  gates: T;
}

/** `x [B, T, F]`, `dProjection [B, T, C]` → `dKernel [F, C]`. A kernel apart, because it is run only for a kernel that is trained. */
export interface InputKernelGradInputs<T> {
  x: T;
  dProjection: T;
}
