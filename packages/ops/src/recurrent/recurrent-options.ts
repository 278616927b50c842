import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type ActivationFunction, getActivation } from '../activations/index.js';
import { ConfigError, ShapeError } from '../errors.js';
import { suggestion } from '../options/index.js';
import { stopGradient } from '../stop-gradient.js';
import type { CellInputs } from './kernel-contract.js';

/** What the whole-sequence recurrent ops take alike. Numbers are float32; `int32` and `bool` are converted. */
export interface RecurrentOptions {
  /** `[batch, time, features]`, with one time or more. */
  x: Tensor;
  /** Input weights, `[features, gates · units]`. */
  kernel: Tensor;
  /** Recurrent weights, `[units, gates · units]`. */
  recurrentKernel: Tensor;
  /** `[gates · units]`; of the gru with `resetAfter`, `[2, gates · units]`. @default zeros */
  bias?: Tensor | undefined;
  /** Each `[batch, units]`: h, and for the LSTM the cell c. @default zeros */
  initialState?: readonly Tensor[] | undefined;
  /**
   * By name or as a function. With linear, relu, tanh, sigmoid and hardSigmoid the sequence is one kernel, where the backend has
   * it; with others the op is composed.
   * @default 'tanh'
   */
  activation?: string | ActivationFunction | undefined;
  /** `[batch, time]`: where it is 0, the step is passed over and the state stays. Never differentiated. @default every step counts */
  mask?: Tensor | undefined;
  /** Whether time runs backwards; `sequence` is then in that order, too: its first step belongs to the last time. @default false */
  goBackwards?: boolean | undefined;
}

/** What a recurrent op gives. (A type, because tfjs-core's `tidy` takes no interfaces.) */
export type RecurrentResult = {
  /** h after every step, in the order of processing, `[batch, time, units]`. A masked step repeats the one before, at first the initial state. */
  sequence: Tensor3D;
  /** The state after the last step, each `[batch, units]`: h, which is also the last output, and for the LSTM c. */
  states: Tensor2D[];
};

/** Number of blocks of `units` columns in the kernels, names of the states, and shape of the bias of a cell. */
export interface CellKind {
  readonly op: string;
  readonly gates: number;
  readonly states: readonly string[];
  /** Rows of the bias; undefined for a plain vector. */
  readonly biasRows?: number;
  readonly keys: readonly string[];
}

/** Keys that all recurrent ops know. */
export const SHARED_KEYS = ['x', 'kernel', 'recurrentKernel', 'bias', 'initialState', 'activation', 'mask', 'goBackwards'] as const;

/** Options after {@link checkRecurrent}: complete, of the right dtype. */
export interface CheckedRecurrent {
  /** What the kernels read; `initialState` is h. */
  readonly inputs: CellInputs<Tensor>;
  readonly initialStates: readonly Tensor[];
  readonly masked: boolean;
  readonly activation: ActivationFunction;
  readonly goBackwards: boolean;
}

const isOf = (shape: readonly number[], wanted: readonly number[]): boolean =>
  shape.length === wanted.length && shape.every((size, axis) => size === wanted[axis]);

const text = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/**
 * Checks the options of a recurrent op and fills in what was left out. To be called in a `tidy`.
 *
 * @throws {ConfigError} for a key that is not known, or the wrong number of states
 * @throws {ShapeError} for a tensor whose shape does not go with the others
 */
export function checkRecurrent(kind: CellKind, options: RecurrentOptions): CheckedRecurrent {
  const { op, gates } = kind;
  for (const key in options)
    if (!kind.keys.includes(key)) throw new ConfigError(`${op}: there is no option "${key}"${suggestion(key, kind.keys)}`);
  const { x, kernel, recurrentKernel, initialState, mask } = options;
  if (x.rank !== 3) throw new ShapeError(`${op} needs x of shape [batch, time, features]; got ${text(x.shape)}`);
  const [batch, time, features] = x.shape as [number, number, number];
  if (time === 0) throw new ShapeError(`${op} needs at least one time step; got x of shape ${text(x.shape)}`);
  const units = recurrentKernel.shape[0] ?? 0;
  const columns = gates * units;
  const name = gates === 1 ? 'units' : `${gates} · units`;
  const check = (what: string, tensor: Tensor, shape: number[], meaning: string): Tensor => {
    if (!isOf(tensor.shape, shape))
      throw new ShapeError(
        `${op} with x of shape ${text(x.shape)} and ${units} units needs ${what} of shape ${text(shape)}, ${meaning}; got ${text(tensor.shape)}`,
      );
    return tensor;
  };
  if (recurrentKernel.rank !== 2 || recurrentKernel.shape[1] !== columns || units === 0)
    throw new ShapeError(`${op} needs recurrentKernel of shape [units, ${name}]; got ${text(recurrentKernel.shape)}`);
  check('kernel', kernel, [features, columns], `[features, ${name}]`);
  const biasShape = kind.biasRows === undefined ? [columns] : [kind.biasRows, columns];
  const bias = options.bias
    ? check('bias', options.bias, biasShape, kind.biasRows === undefined ? `[${name}]` : `[${kind.biasRows}, ${name}]`)
    : tf.zeros(biasShape);
  if (initialState && initialState.length !== kind.states.length)
    throw new ConfigError(`${op}: initialState must be [${kind.states.join(', ')}]; got ${initialState.length} tensors`);
  const zeros = initialState ? undefined : tf.zeros([batch, units]);
  const initialStates = kind.states.map(
    (state, i) => zeros ?? float(check(`initialState ${state}`, initialState![i]!, [batch, units], '[batch, units]')),
  );
  if (mask) check('mask', mask, [batch, time], '[batch, time]');
  return {
    inputs: {
      x: float(x),
      kernel: float(kernel),
      recurrentKernel: float(recurrentKernel),
      bias: float(bias),
      initialState: initialStates[0]!,
      mask: mask ? stopGradient(tf.cast(mask, 'bool')) : tf.tensor1d([], 'bool'),
    },
    initialStates,
    masked: mask !== undefined,
    activation: getActivation(options.activation ?? 'tanh'),
    goBackwards: options.goBackwards ?? false,
  };
}

const float = (tensor: Tensor): Tensor => (tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32'));
