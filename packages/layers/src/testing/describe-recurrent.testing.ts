import { ConfigError, clone, memory, ShapeError, setRandomSeed, slice, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { type CallContext, inference } from '../base/call-context.js';
import { input } from '../base/input-layer.js';
import { constraints, initializers, regularizers } from '../index.js';
import type { CellOptions } from '../recurrent/cell-options.js';
import type { RecurrentOptions } from '../recurrent/recurrent-options.js';
import { type RNN, rnn } from '../recurrent/rnn.js';
import type { RNNCell } from '../recurrent/rnn-cell.js';
import { expectClose } from './close.testing.js';
import { expectLayer } from './golden.testing.js';
import { listOf, tapeGradients } from './gradients.testing.js';
import { testInput } from './values.testing.js';

type Options = Partial<CellOptions & RecurrentOptions>;

/** What {@link describeRecurrent} has to be told. */
export interface RecurrentDescription {
  /** `lstm` */
  name: string;
  /** A layer of two units. */
  make(options: Options): RNN<RecurrentOptions>;
  /** Its cell, of two units. */
  makeCell(options: Options): RNNCell;
  /** Number of states. */
  states: number;
}

const both = { returnSequences: true, returnState: true };

/** The cell without its op for whole sequences. */
function withoutOp(cell: RNNCell): RNNCell {
  cell.sequence = () => null;
  return cell;
}

/** What holds for all three recurrent layers, over one op and over the loop. */
export function describeRecurrent({ name, make, makeCell, states }: RecurrentDescription): void {
  const variants: Record<string, Options> = {
    last: {},
    sequences: { returnSequences: true },
    state: both,
    backwards: { ...both, goBackwards: true },
    masked: both,
    maskedLast: {},
    maskedBackwards: { ...both, goBackwards: true },
    initialState: both,
    initialStateMasked: both,
    zeroOutput: { ...both, zeroOutputForMask: true },
    zeroOutputLast: { zeroOutputForMask: true, goBackwards: true },
    noBias: { useBias: false, activation: 'relu', returnSequences: true },
    activation: { activation: 'softsign', returnSequences: true },
    unroll: { unroll: true, returnSequences: true },
    options: {
      kernelInitializer: 'heUniform',
      recurrentInitializer: 'glorotNormal',
      biasInitializer: 'ones',
      kernelRegularizer: 'l1',
      recurrentRegularizer: 'l2',
      biasRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }),
      kernelConstraint: 'nonNeg',
      recurrentConstraint: 'unitNorm',
      biasConstraint: constraints.maxNorm({ maxValue: 3 }),
      dropout: 0.1,
      recurrentDropout: 0.2,
      seed: 3,
    },
  };
  const stateNames = Array.from({ length: states }, () => '[3, 2]').join(', ');
  const givenStates = (): Tensor[] => Array.from({ length: states }, (_, index) => testInput([3, 2], 'float32', 10 + index));

  describe(`every recurrent layer: ${name}`, () => {
    it.each(Object.keys(variants))('matches Keras: %s', variant => {
      expectLayer(make(variants[variant] as Options)).toMatchGolden(`${name}/${variant}`);
      const looped = make(variants[variant] as Options);
      withoutOp(looped.cell);
      expectLayer(looped).toMatchGolden(`${name}/${variant}`);
    });

    it('computes by the loop what it computes by one op, while training with dropout of the input, too', () => {
      tidy(() => {
        const x = testInput([3, 4, 2]);
        const mask = tensor([1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1], [3, 4], 'bool');
        const results = [true, false].map(op => {
          const cell = makeCell({ name: 'cell', dropout: 0.5, biasInitializer: initializers.randomUniform({ seed: 1 }) });
          const layer = rnn({ name: 'rnn', cell: op ? cell : withoutOp(cell), goBackwards: true, ...both });
          const context: CallContext = { ...inference, training: true, mask, step: 3 };
          layer.ensureBuilt(x.shape);
          const outputs = listOf(layer.invoke(x, context)).map(output => output.dataSync());
          const { inputs, weights } = tapeGradients(layer, [x], false, context);
          layer.dispose();
          return [...outputs, ...inputs, ...weights] as Float32Array[];
        });
        expect(results[0]?.length).toBe(1 + states + 1 + 3);
        for (const [index, values] of (results[0] as Float32Array[]).entries())
          expectClose((results[1] as Float32Array[])[index] as Float32Array, values, 1e-5, `result ${index}`);
      });
    });

    it('takes initial states as inputs, too, of a graph as well', () => {
      tidy(() => {
        const layer = make({ ...both, name: 'decoder' });
        const x = testInput([3, 4, 2]);
        const initialState = givenStates();
        const asContext = layer.invoke(x, { ...inference, initialState }) as Tensor[];
        const asInputs = layer.apply([x, ...initialState]) as unknown as Tensor[];
        const asOption = layer.apply(x, { initialState }) as unknown as Tensor[];
        for (const [index, output] of asContext.entries()) {
          expect(asInputs[index]?.dataSync()).toEqual(output.dataSync());
          expect(asOption[index]?.dataSync()).toEqual(output.dataSync());
        }
        const symbols = initialState.map(() => input({ shape: [2] }));
        const outputs = listOf(layer.apply(input({ shape: [null, 2] }), { initialState: symbols }));
        expect(outputs.map(output => output.shape)).toEqual([[null, null, 2], ...symbols.map(() => [null, 2])]);
        expect(outputs[0]?.node.inputs.slice(1)).toEqual(symbols);
        layer.dispose();
      });
    });

    it('says which initial states it needs', () => {
      tidy(() => {
        const layer = make({ name: 'r' });
        const x = testInput([3, 4, 2]);
        expect(() => layer.apply(x, { initialState: testInput([3, 4]) })).toThrow(
          new ShapeError(`${name} "r" needs initial states of shapes ${stateNames}; got [3, 4]`),
        );
        layer.dispose();
      });
    });

    it('goes on, when it is stateful, where the batch before ended', () => {
      const before = memory().numTensors;
      tidy(() => {
        const options: Options = { ...both, name: 'r', biasInitializer: 'ones' };
        const whole = make(options);
        const layer = make({ ...options, stateful: true });
        const x = testInput([3, 4, 2]);
        const expected = whole.apply(x) as unknown as Tensor[];
        layer.ensureBuilt([3, null, 2]);
        layer.setWeights(whole.getWeights());
        expect(layer.weights.length).toBe(3);
        for (let round = 0; round < 2; round++) {
          const parts = [0, 2].map(start => layer.apply(slice(x, [0, start, 0], [3, 2, 2])) as unknown as Tensor[]);
          for (const [index, part] of parts.entries()) {
            const steps = slice(expected[0] as Tensor, [0, 2 * index, 0], [3, 2, 2]);
            expectClose((part[0] as Tensor).dataSync(), steps.dataSync(), 1e-6, `part ${index} of round ${round}`);
          }
          const kept = (layer.states ?? []).map(state => state.read().data as Float32Array);
          for (const [index, state] of kept.entries())
            expectClose(state, (expected[1 + index] as Tensor).dataSync(), 1e-6, `state ${index}`);
          layer.resetStates();
        }
        const given = givenStates();
        layer.resetStates(given);
        expect(layer.states?.map(state => state.read().data)).toEqual(given.map(state => state.dataSync()));
        expect(() => layer.resetStates(testInput([1, 2]))).toThrow(
          new ShapeError(`${name} "r" needs initial states of shapes ${stateNames}; got [1, 2]`),
        );
        expect(() => layer.apply(testInput([2, 4, 2]))).toThrow(
          new ShapeError(`${name} "r" is stateful and keeps the states of 3 samples; got a batch of 2`),
        );
        for (const each of [whole, layer]) each.dispose();
      });
      expect(memory().numTensors).toBe(before);
    });

    it('has, when it is stateful, the gradients of a layer that is given the states', () => {
      tidy(() => {
        const [layer, stateless] = [make({ stateful: true }), make({})];
        const [x, context] = [testInput([3, 4, 2]), { ...inference, training: true }];
        for (const each of [layer, stateless]) each.ensureBuilt(x.shape);
        stateless.setWeights(layer.getWeights());
        layer.apply(x);
        const initialState = (layer.states ?? []).map(state => clone(state.value));
        const expected = tapeGradients(stateless, [x], false, { ...context, initialState });
        expect(tapeGradients(layer, [x], false, context)).toEqual(expected);
        for (const each of [layer, stateless]) each.dispose();
      });
    });

    it('keeps states only of batches of one size', () => {
      expect(() => make({ name: 'r', stateful: true }).apply(input({ shape: [4, 2] }))).toThrow(
        new ConfigError(
          `${name} "r" is stateful, so its batch size must be fixed: give batchInputShape, or batchSize, to the first layer; got an input of [null, 4, 2]`,
        ),
      );
      expect(() => make({ name: 'r' }).resetStates()).toThrow(
        new ConfigError(`${name} "r" keeps no states to reset: make it with stateful: true`),
      );
      expect(() => make({ name: 'r', stateful: true }).resetStates(testInput([1, 2]))).toThrow(
        new ConfigError(`${name} "r" is not built: call it once, or put it into a model, before setting its states`),
      );
      const given = make({ stateful: true, batchInputShape: [3, 4, 2] });
      given.apply(input({ batchShape: given.batchInputShape as number[] }));
      expect(given.states?.map(state => state.shape)).toEqual(givenStates().map(() => [3, 2]));
      given.dispose();
    });

    it.each([{ dropout: 0.5 }, { recurrentDropout: 0.5 }])(
      'drops the same at every time step, by seed, path and training step: %o',
      rates => {
        tidy(() => {
          // Steps of one and the same input, without recurrent weights: only a mask could tell them apart.
          const independent =
            'dropout' in rates ? { recurrentInitializer: 'zeros' } : { kernelInitializer: 'zeros', recurrentInitializer: 'ones' };
          const run = (options: Options, step: number, training = true): number[] => {
            const layer = make({
              name: 'r',
              returnSequences: true,
              activation: 'linear',
              kernelInitializer: 'ones',
              ...independent,
              ...rates,
              ...options,
            });
            const initialState = Array.from({ length: states }, () =>
              tensor(
                Array.from({ length: 40 }, () => 1),
                [20, 2],
              ),
            );
            const x = tensor(
              Array.from({ length: 120 }, () => 1),
              [20, 3, 2],
            );
            const y = layer.apply(x, { training, step, initialState });
            layer.dispose();
            return [...y.dataSync()];
          };
          const first = run({}, 1);
          expect(run({}, 1)).toEqual(first);
          expect(run({}, 2)).not.toEqual(first);
          expect(run({ name: 'other' }, 1)).not.toEqual(first);
          expect(run({ seed: 9 }, 1)).not.toEqual(first);
          expect(run({}, 1, false)).toEqual(run({ dropout: 0, recurrentDropout: 0 }, 1));
          // Rows with equal masks are equal at every later step, rows with others are not.
          const rows = Array.from({ length: 20 }, (_, row) => first.slice(6 * row, 6 * row + 6).join());
          const starts = Array.from({ length: 20 }, (_, row) => first.slice(6 * row, 6 * row + 2).join());
          expect(new Set(rows).size).toBe(new Set(starts).size);
          expect(new Set(starts).size).toBeGreaterThan(1);
          setRandomSeed(2);
          expect(run({}, 1)).not.toEqual(first);
          setRandomSeed(1);
        });
      },
    );

    it('says what is wrong with its input', () => {
      expect(() => make({ name: 'r' }).apply(input({ shape: [8] }))).toThrow(
        new ShapeError(
          `${name} "r" needs an input of rank 3, [batch, time, features]; got rank 2, [null, 8]: set returnSequences: true on the recurrent layer before it`,
        ),
      );
      expect(() => make({ name: 'r' }).apply(input({ shape: [4, 4, 2] }))).toThrow(
        new ShapeError(`${name} "r" needs an input of rank 3, [batch, time, features]; got rank 4, [null, 4, 4, 2]`),
      );
      expect(() => make({ name: 'r' }).apply(input({ shape: [4, null] }))).toThrow(
        new ShapeError(`${name} "r" needs to know the size of its input's last axis; got [null, 4, null]`),
      );
      tidy(() => {
        const layer = make({ name: 'r' });
        layer.ensureBuilt([null, null, 2]);
        expect(() => layer.apply(testInput([1, 4, 3]))).toThrow(
          new ShapeError(`${name} "r" was built for inputs with 2 along axis -1; got 3, in [1, 4, 3]`),
        );
        expect(() => layer.apply(tensor([], [1, 0, 2]))).toThrow(
          new ShapeError(`${name} "r" needs a sequence of one step or more; got [1, 0, 2]`),
        );
        expect(() => layer.apply(testInput([1, 4, 2]), { mask: tensor([1, 1], [1, 2], 'bool') })).toThrow(
          new ShapeError(`${name} "r" needs a mask of shape [1, 4], [batch, time]; got [1, 2]`),
        );
        layer.dispose();
      });
      expect(() => make({ name: 'r', units: -1 })).toThrow(new ConfigError(`${name} "r": units must be a positive integer; got -1`));
      expect(() => make({ name: 'r', dropout: 1 })).toThrow(
        new ConfigError(`${name} "r": dropout must be a number, 0 or more and less than 1; got 1`),
      );
    });
  });
}
