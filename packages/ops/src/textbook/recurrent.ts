import { ShapeError } from '../errors.js';
import { at, type Matrix, matMul, matrixShape, sumColumns, transpose, type Vector, zeroMatrix, zeroVector } from './arrays.js';
import { checkKeys, checkPositive } from './options.js';

/** The weights of a simple recurrent cell. */
export interface RecurrentWeights {
  /** `[features, units]` */
  readonly kernel: Matrix;
  /** `[units, units]` */
  readonly recurrentKernel: Matrix;
  /** `[units]` */
  readonly bias: Vector;
}

/** Options of {@link backpropagateThroughTime}. */
export interface TruncationOptions {
  /** How many steps to go back; more than there are means all. @default all */
  steps?: number;
}

/** What {@link backpropagateThroughTime} returns: the error's derivative by each weight, of its shape. */
export interface RecurrentGradients {
  readonly dKernel: number[][];
  readonly dRecurrentKernel: number[][];
  readonly dBias: number[];
  /** `[batch, units]`: the error of the state before the window. */
  readonly dInitialState: number[][];
}

/**
 * One step of a simple recurrent cell: `h = tanh(x · kernel + previous · recurrentKernel + bias)`.
 *
 * @param x `[batch, features]`, the inputs of this step
 * @param previous `[batch, units]`, the state after the step before
 * @returns `[batch, units]`, the state after this step
 * @throws {ShapeError} when the sizes do not fit together
 */
export function recurrentCell(x: Matrix, previous: Matrix, weights: RecurrentWeights): number[][] {
  const [features, units] = checkWeights(weights, 'recurrentCell');
  const [batch, inputFeatures] = matrixShape(x, 'recurrentCell');
  const [states, stateUnits] = matrixShape(previous, 'recurrentCell');
  if (inputFeatures !== features || stateUnits !== units || states !== batch)
    throw new ShapeError(
      `recurrentCell needs inputs [batch, ${features}] and states [batch, ${units}]; got [${batch}, ${inputFeatures}] and [${states}, ${stateUnits}]`,
    );
  const fromInput = matMul(x, weights.kernel);
  const fromState = matMul(previous, weights.recurrentKernel);
  return fromInput.map((row, n) => row.map((value, j) => Math.tanh(value + at(at(fromState, n), j) + at(weights.bias, j))));
}

/**
 * {@link recurrentCell} over a whole sequence.
 *
 * @param xs `[time][batch, features]`: a matrix a step
 * @param initialState `[batch, units]`, zeros by default
 * @returns `[time + 1][batch, units]`: the initial state, then the state after each step
 */
export function recurrentSequence(xs: readonly Matrix[], weights: RecurrentWeights, initialState?: Matrix): number[][][] {
  const [, units] = checkWeights(weights, 'recurrentSequence');
  const states = [initialState ? initialState.map(row => [...row]) : zeroMatrix(xs[0]?.length ?? 0, units)];
  for (const x of xs) states.push(recurrentCell(x, at(states, states.length - 1), weights));
  return states;
}

/**
 * Backpropagation through time, truncated: the error of the last state goes back through the last `steps` steps, and all that lies
 * before them counts as given.
 *
 * With `δ` for the error ahead of the tanh, `δ = dh ⊙ (1 − h²)`, each step adds `xᵀ · δ` to the kernel's gradient,
 * `previousᵀ · δ` to the recurrent kernel's and the sum of `δ` to the bias's, and hands `dh = δ · recurrentKernelᵀ` to the step
 * before: forward, unit `i` reaches unit `j` through `recurrentKernel[i][j]`, so the error of `j` comes back to `i` through
 * the same weight, and that is the *transpose*.
 *
 * @param xs `[time][batch, features]`
 * @param states what {@link recurrentSequence} returned for `xs`
 * @param dLastState `[batch, units]`, the error of the last state
 * @throws {ShapeError} when the sizes do not fit together
 */
export function backpropagateThroughTime(
  xs: readonly Matrix[],
  states: readonly Matrix[],
  weights: RecurrentWeights,
  dLastState: Matrix,
  options: TruncationOptions = {},
): RecurrentGradients {
  const where = 'backpropagateThroughTime';
  const [features, units] = checkWeights(weights, where);
  checkKeys(options, ['steps'], where);
  const { steps = xs.length } = options;
  checkPositive(steps, 'steps', where);
  if (states.length !== xs.length + 1)
    throw new ShapeError(`${where} needs the initial state and one after each of ${xs.length} steps; got ${states.length} states`);
  const [batch, errorUnits] = matrixShape(dLastState, where);
  if (errorUnits !== units || batch !== at(states, xs.length).length)
    throw new ShapeError(`${where}: the last state is [${at(states, xs.length).length}, ${units}]; its error is [${batch}, ${errorUnits}]`);

  const dKernel = zeroMatrix(features, units);
  const dRecurrentKernel = zeroMatrix(units, units);
  const dBias = zeroVector(units);
  let dState: number[][] = dLastState.map(row => [...row]);
  for (let t = xs.length - 1; t >= Math.max(0, xs.length - steps); t--) {
    const state = at(states, t + 1);
    const delta = dState.map((row, n) => row.map((error, j) => error * (1 - at(at(state, n), j) ** 2)));
    addTo(dKernel, matMul(transpose(at(xs, t)), delta));
    addTo(dRecurrentKernel, matMul(transpose(at(states, t)), delta));
    addTo([dBias], [sumColumns(delta)]);
    dState = matMul(delta, transpose(weights.recurrentKernel));
  }
  return { dKernel, dRecurrentKernel, dBias, dInitialState: dState };
}

function addTo(sum: number[][], terms: Matrix): void {
  for (const [i, row] of sum.entries()) {
    for (const [j, value] of row.entries()) row[j] = value + at(at(terms, i), j);
  }
}

/** `[features, units]`. */
function checkWeights({ kernel, recurrentKernel, bias }: RecurrentWeights, where: string): [number, number] {
  const [features, units] = matrixShape(kernel, where);
  const [rows, columns] = matrixShape(recurrentKernel, where);
  if (rows !== units || columns !== units || bias.length !== units)
    throw new ShapeError(
      `${where}: a kernel [${features}, ${units}] goes with a recurrent kernel [${units}, ${units}] and a bias [${units}]; ` +
        `got [${rows}, ${columns}] and [${bias.length}]`,
    );
  return [features, units];
}
