import { ConfigError, concat, mul, reverse, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { inference } from '../base/call-context.js';
import { input } from '../base/input-layer.js';
import { gru } from '../recurrent/gru.js';
import { lstm } from '../recurrent/lstm.js';
import { lstmCell } from '../recurrent/lstm-cell.js';
import { rnn } from '../recurrent/rnn.js';
import { simpleRNN } from '../recurrent/simple-rnn.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { listOf } from '../testing/gradients.testing.js';
import { testInput } from '../testing/values.testing.js';
import { type BidirectionalOptions, bidirectional } from './bidirectional.js';

const both = { returnSequences: true, returnState: true };

describeLayer('bidirectional', () => bidirectional({ layer: gru({ units: 1, returnSequences: true, dropout: 0.4, name: 'gru' }) }), {
  inputShape: [2, 3, 2],
  weights: {
    'forward_gru/gru_cell/kernel': [2, 3],
    'forward_gru/gru_cell/recurrent_kernel': [1, 3],
    'forward_gru/gru_cell/bias': [2, 3],
    'backward_gru/gru_cell/kernel': [2, 3],
    'backward_gru/gru_cell/recurrent_kernel': [1, 3],
    'backward_gru/gru_cell/bias': [2, 3],
  },
  mask: 'passes',
});
describeLayer('bidirectional', () => bidirectional({ layer: simpleRNN({ units: 1, name: 'r', ...both }), mergeMode: null }), {
  inputShape: [2, 3, 2],
  weights: {
    'forward_r/simple_rnn_cell/kernel': [2, 1],
    'forward_r/simple_rnn_cell/recurrent_kernel': [1, 1],
    'forward_r/simple_rnn_cell/bias': [1],
    'backward_r/simple_rnn_cell/kernel': [2, 1],
    'backward_r/simple_rnn_cell/recurrent_kernel': [1, 1],
    'backward_r/simple_rnn_cell/bias': [1],
  },
  mask: 'own',
});

describe('bidirectional', () => {
  it.each(['concat', 'sum', 'mul', 'ave'] as const)('matches Keras, merged by %s and masked', mergeMode =>
    expectLayer(bidirectional({ layer: simpleRNN({ units: 2, returnSequences: true }), mergeMode })).toMatchGolden(
      `bidirectional/${mergeMode}`,
    ),
  );

  it('matches Keras with only the last output, masked', () =>
    expectLayer(bidirectional({ layer: lstm({ units: 2 }) })).toMatchGolden('bidirectional/last'));

  it('matches Keras with both outputs apart', () =>
    expectLayer(bidirectional({ layer: gru({ units: 2, returnSequences: true }), mergeMode: null })).toMatchGolden('bidirectional/apart'));

  it("matches Keras with states, and from given ones, the first half of which is the forward layer's", () => {
    expectLayer(bidirectional({ layer: lstm({ units: 2, ...both }) })).toMatchGolden('bidirectional/state');
    expectLayer(bidirectional({ layer: lstm({ units: 2, ...both }) })).toMatchGolden('bidirectional/initialState');
  });

  it('matches Keras with a backward layer of another kind', () => {
    const backwardLayer = simpleRNN({ units: 3, goBackwards: true, activation: 'relu', name: 'back' });
    expectLayer(bidirectional({ layer: gru({ units: 2 }), backwardLayer })).toMatchGolden('bidirectional/backwardLayer');
  });

  it('reads the turned sequence as two layers would', () => {
    tidy(() => {
      const layer = bidirectional({ layer: lstm({ units: 2, returnSequences: true }), name: 'b' });
      const x = testInput([2, 3, 2]);
      const y = layer.apply(x);
      const separate = [layer.forwardLayer.apply(x), reverse(layer.backwardLayer.apply(x), 1)];
      expect(y.dataSync()).toEqual(concat(separate, -1).dataSync());
      layer.dispose();
    });
  });

  it('gives every output a mask, also where the directions have other numbers of states', () => {
    tidy(() => {
      const layer = bidirectional({ layer: gru({ units: 2, ...both }), backwardLayer: lstm({ units: 2, goBackwards: true, ...both }) });
      const x = testInput([2, 3, 2]);
      const mask = tensor([1, 1, 0, 0, 1, 1], [2, 3], 'bool');
      const { outputs, mask: masks } = layer.run(x, { ...inference, mask });
      expect(masks).toEqual([mask, null, null, null]);
      expect((outputs as Tensor[]).map(output => output.shape)).toEqual([
        [2, 3, 4],
        [2, 2],
        [2, 2],
        [2, 2],
      ]);
      layer.dispose();
    });
  });

  it('takes initial states as inputs of a graph', () => {
    const layer = bidirectional({ layer: lstm({ units: 2, ...both }) });
    const initialState = Array.from({ length: 4 }, () => input({ shape: [2] }));
    const outputs = listOf(layer.apply(input({ shape: [5, 3] }), { initialState }));
    expect(outputs.map(output => output.shape)).toEqual([[null, 5, 4], ...initialState.map(() => [null, 2])]);
    layer.dispose();
  });

  it('takes over the options of a layer, also of a cell of its own, but no weights', () => {
    tidy(() => {
      const cell = lstmCell({ units: 2, activation: x => mul(x, 0.5), name: 'cell' });
      const given = rnn({ cell, name: 'r' });
      const x = testInput([2, 3, 2]);
      given.apply(x);
      const layer = bidirectional({ layer: given, name: 'b' });
      layer.apply(x);
      expect(layer.weights.map(weight => weight.path)).toEqual(
        ['forward_r', 'backward_r'].flatMap(name => ['kernel', 'recurrent_kernel', 'bias'].map(weight => `b/${name}/cell/${weight}`)),
      );
      expect(layer.weights.some(weight => given.weights.includes(weight))).toBe(false);
      for (const each of [layer, given]) each.dispose();
    });
  });

  it('keeps and resets the states of both directions', () => {
    tidy(() => {
      const layer = bidirectional({ layer: simpleRNN({ units: 2, stateful: true }) });
      const x = testInput([2, 3, 2]);
      const read = (): number[] => [...(layer.invoke(x, inference) as Tensor).dataSync()];
      const first = read();
      expect(read()).not.toEqual(first);
      layer.resetStates();
      expect(read()).toEqual(first);
      layer.dispose();
    });
  });

  const refused: [string, BidirectionalOptions, string][] = [
    [
      'two forward layers',
      { layer: lstm({ units: 2 }), backwardLayer: lstm({ units: 2 }) },
      'layer and backwardLayer must differ in goBackwards; it is false in both',
    ],
    [
      'a backward layer',
      { layer: lstm({ units: 2, goBackwards: true }) },
      'layer and backwardLayer must differ in goBackwards; it is true in both',
    ],
    [
      'different outputs',
      { layer: lstm({ units: 2, returnSequences: true }), backwardLayer: lstm({ units: 2, goBackwards: true }) },
      'layer and backwardLayer must agree in returnSequences; got true and false',
    ],
    [
      'a sum of different sizes',
      { layer: lstm({ units: 2 }), backwardLayer: lstm({ units: 3, goBackwards: true }), mergeMode: 'sum' },
      'mergeMode "sum" needs outputs of one size; got 2 and 3 units',
    ],
    ['a layer that is none', { layer: 'lstm' as never }, 'layer must be a recurrent layer; got "lstm"'],
    [
      'an unknown merge mode',
      { layer: lstm({ units: 2 }), mergeMode: 'max' as never },
      'mergeMode must be "concat" or "sum" or "mul" or "ave"; got "max"',
    ],
  ];
  it.each(refused)('refuses %s', (_, options, message) =>
    expect(() => bidirectional({ ...options, name: 'b' })).toThrow(new ConfigError(`bidirectional "b": ${message}`)),
  );
});
