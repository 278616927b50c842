import { add, ConfigError, type Json, memory, mul, options, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { inference } from '../base/call-context.js';
import type { LayerOptions, LayerTable } from '../base/layer.js';
import { deserializeLayer } from '../serialization.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { testInput } from '../testing/values.testing.js';
import { gruCell } from './gru-cell.js';
import { lstmCell } from './lstm-cell.js';
import { rnn } from './rnn.js';
import { RNNCell } from './rnn-cell.js';
import { simpleRNNCell } from './simple-rnn-cell.js';
import { type StackedRNNCells, stackedRNNCells } from './stacked-rnn-cells.js';

const both = { returnSequences: true, returnState: true };

/** Options of {@link RunningSum}. */
interface RunningSumOptions extends LayerOptions {
  size: number;
}

/** A cell of one's own: the state is the sum of the inputs so far, the output that and its double, side by side or the double alone. */
class RunningSum extends RNNCell<RunningSumOptions> {
  static override readonly className: string = 'RunningSum';
  static override readonly options: LayerTable<RunningSumOptions> = { size: options.required(options.positiveInteger()) };

  get stateSize(): number {
    return this.config.size;
  }

  override call(inputs: Tensor[]): Tensor[] {
    const [x, total] = inputs as [Tensor, Tensor];
    const next = add(x, total);
    return [mul(next, 2), next];
  }
}

/** One that forgets to give its state. */
class Stateless extends RunningSum {
  static override readonly className = 'Stateless';

  override call(inputs: Tensor[]): Tensor[] {
    return super.call(inputs).slice(0, 1);
  }
}

const stack = (): StackedRNNCells =>
  stackedRNNCells({ name: 'stack', cells: [gruCell({ units: 2, name: 'a', recurrentDropout: 0.2 }), lstmCell({ units: 1, name: 'b' })] });

describeLayer('rnn', () => rnn({ cell: stack(), ...both }), {
  inputShape: [2, 3, 2],
  weights: {
    'stack/a/kernel': [2, 6],
    'stack/a/recurrent_kernel': [2, 6],
    'stack/a/bias': [2, 6],
    'stack/b/kernel': [2, 4],
    'stack/b/recurrent_kernel': [1, 4],
    'stack/b/bias': [4],
  },
  mask: 'own',
});
describeLayer('stackedRNNCells', stack, {
  inputShape: [
    [2, 2],
    [2, 2],
    [2, 1],
    [2, 1],
  ],
  weights: {
    'a/kernel': [2, 6],
    'a/recurrent_kernel': [2, 6],
    'a/bias': [2, 6],
    'b/kernel': [2, 4],
    'b/recurrent_kernel': [1, 4],
    'b/bias': [4],
  },
});

describe('rnn', () => {
  it('matches Keras with a cell', () => {
    expectLayer(rnn({ cell: simpleRNNCell({ units: 2 }), ...both })).toMatchGolden('rnn/cell');
    expectLayer(rnn({ cell: gruCell({ units: 2, resetAfter: false }), returnSequences: true })).toMatchGolden('rnn/gruCell');
  });

  it('matches Keras with stacked cells', () => {
    expectLayer(rnn({ cell: [lstmCell({ units: 3 }), simpleRNNCell({ units: 2 })] })).toMatchGolden('rnn/stacked');
    expectLayer(rnn({ cell: [simpleRNNCell({ units: 3 }), lstmCell({ units: 2 })], returnSequences: true })).toMatchGolden(
      'rnn/stackedMasked',
    );
  });

  it("runs a cell of one's own, with masks, backwards and from a state", () => {
    const before = memory().numTensors;
    tidy(() => {
      const x = tensor([1, 2, 3, 4, 5, 6], [2, 3, 1]);
      const run = (given: object, context: object = {}): number[][] => {
        const outputs = rnn({ cell: new RunningSum({ size: 1 }), ...both, ...given }).apply(x, context) as unknown as Tensor[];
        return outputs.map(output => [...output.dataSync()]);
      };
      expect(run({})).toEqual([
        [2, 6, 12, 8, 18, 30],
        [6, 15],
      ]);
      expect(run({ goBackwards: true })).toEqual([
        [6, 10, 12, 12, 22, 30],
        [6, 15],
      ]);
      const mask = tensor([0, 1, 0, 0, 0, 0], [2, 3], 'bool');
      const initialState = tensor([10, 20], [2, 1]);
      expect(run({}, { mask, initialState })).toEqual([
        [10, 24, 24, 20, 20, 20],
        [12, 20],
      ]);
      expect(run({ zeroOutputForMask: true }, { mask, initialState })).toEqual([
        [0, 24, 0, 0, 0, 0],
        [12, 20],
      ]);
    });
    expect(memory().numTensors).toBe(before);
  });

  it("loads a cell of one's own that is made known", () => {
    const saved = rnn({ cell: new RunningSum({ size: 3, name: 'sums' }), name: 'r' }).serialize();
    const loaded = deserializeLayer(JSON.parse(JSON.stringify(saved)) as { className: string; config: Record<string, Json> }, {
      RunningSum: RunningSum as never,
    });
    expect(loaded.getConfig()).toEqual(saved.config);
    expect(() => deserializeLayer(saved)).toThrow('there is no layer class "RunningSum"');
  });

  it('says what is wrong with a cell', () => {
    tidy(() => {
      expect(() => rnn({ cell: new Stateless({ size: 2, name: 's' }) }).invoke(testInput([1, 3, 2]), inference)).toThrow(
        new ConfigError('stateless "s": call must give [output, ...states], 2 tensors, as stateSize says; got 1'),
      );
    });
    expect(() => rnn({ cell: 'lstm' as never, name: 'r' })).toThrow(
      new ConfigError('rnn "r": cell must be a recurrent cell, or a list of them; got "lstm"'),
    );
    expect(() => stackedRNNCells({ cells: [], name: 's' })).toThrow(
      new ConfigError('stackedRNNCells "s": cells must be a list of recurrent cells, not empty; got []'),
    );
  });
});
