import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { inner, largestDifference, numericalGradient, testValues } from './numerical.testing.js';
import { backpropagateThroughTime, type RecurrentWeights, recurrentCell, recurrentSequence } from './recurrent.js';

type Rows = number[][];
const xs = testValues<Rows[]>([6, 2, 3]);
const initialState = testValues<Rows>([2, 4], 100);
const dLastState = testValues<Rows>([2, 4], 500);
const weights = {
  kernel: testValues<Rows>([3, 4], 200),
  recurrentKernel: testValues<Rows>([4, 4], 300),
  bias: testValues<number[]>([4], 400),
};

describe('recurrentCell', () => {
  it('is the tanh of what input and state bring', () => {
    const cell: RecurrentWeights = {
      kernel: [[1, 0]],
      recurrentKernel: [
        [0, 1],
        [0, 0],
      ],
      bias: [0, 0.5],
    };
    // Unit 0 sees the input, unit 1 the state of unit 0 and its bias.
    expect(recurrentCell([[0.3]], [[0.2, 9]], cell)).toEqual([[Math.tanh(0.3), Math.tanh(0.7)]]);
  });

  it('says what does not fit', () => {
    expect(() => recurrentCell([[1, 2]], [[0, 0, 0, 0]], weights)).toThrow(
      new ShapeError('recurrentCell needs inputs [batch, 3] and states [batch, 4]; got [1, 2] and [1, 4]'),
    );
    expect(() => recurrentCell([[1]], [[0]], { kernel: [[1]], recurrentKernel: [[1]], bias: [] })).toThrow(
      new ShapeError('recurrentCell: a kernel [1, 1] goes with a recurrent kernel [1, 1] and a bias [1]; got [1, 1] and [0]'),
    );
  });
});

describe('recurrentSequence', () => {
  it('starts from zeros and gives the state after each step', () => {
    const states = recurrentSequence(xs, weights);
    expect(states).toHaveLength(7);
    expect(states[0]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(states[6]).toEqual(recurrentCell(xs[5]!, states[5]!, weights));
  });
});

describe('backpropagateThroughTime', () => {
  // Truncated after k steps, what lies before the last k is given: the gradients are those of the last k steps alone.
  it.each([1, 2, 5, 6, 10])('over the last %i steps has the gradients that those imply', steps => {
    const states = recurrentSequence(xs, weights, initialState);
    const window = xs.slice(-steps);
    const before = states[xs.length - window.length]!;
    const loss = (w: RecurrentWeights, start: Rows): number => inner(recurrentSequence(window, w, start)[window.length]!, dLastState);
    const gradients = backpropagateThroughTime(xs, states, weights, dLastState, { steps });
    const numerical = {
      dKernel: numericalGradient(kernel => loss({ ...weights, kernel }, before), weights.kernel),
      dRecurrentKernel: numericalGradient(recurrentKernel => loss({ ...weights, recurrentKernel }, before), weights.recurrentKernel),
      dBias: numericalGradient(bias => loss({ ...weights, bias }, before), weights.bias),
      dInitialState: numericalGradient(start => loss(weights, start), before),
    };
    for (const name of ['dKernel', 'dRecurrentKernel', 'dBias', 'dInitialState'] as const)
      expect(largestDifference(gradients[name], numerical[name])).toBeLessThan(1e-8);
  });

  it('goes back over all steps unless told otherwise', () => {
    const states = recurrentSequence(xs, weights);
    expect(backpropagateThroughTime(xs, states, weights, dLastState)).toEqual(
      backpropagateThroughTime(xs, states, weights, dLastState, { steps: 6 }),
    );
  });

  it('says what does not fit', () => {
    const states = recurrentSequence(xs, weights);
    expect(() => backpropagateThroughTime(xs, states.slice(1), weights, dLastState)).toThrow(
      new ShapeError('backpropagateThroughTime needs the initial state and one after each of 6 steps; got 6 states'),
    );
    expect(() => backpropagateThroughTime(xs, states, weights, [[1, 2]])).toThrow(
      new ShapeError('backpropagateThroughTime: the last state is [2, 4]; its error is [1, 2]'),
    );
    expect(() => backpropagateThroughTime(xs, states, weights, dLastState, { steps: 0 })).toThrow(
      new ConfigError('backpropagateThroughTime: steps must be a positive integer; got 0'),
    );
  });
});
