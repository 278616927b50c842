import { ConfigError, memory, reshape, ShapeError, scalar, slice, square, sum, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { inference } from '../base/call-context.js';
import { input } from '../base/input-layer.js';
import { conv1d } from '../convolution/conv1d.js';
import { dense } from '../core/dense.js';
import { batchNormalization } from '../normalization/batch-normalization.js';
import { gru } from '../recurrent/gru.js';
import { lstm } from '../recurrent/lstm.js';
import { simpleRNN } from '../recurrent/simple-rnn.js';
import { dropout } from '../regularization/dropout.js';
import { expectClose } from '../testing/close.testing.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { testInput } from '../testing/values.testing.js';
import { timeDistributed } from './time-distributed.js';

describeLayer('timeDistributed', () => timeDistributed({ layer: dense({ units: 2, name: 'dense', activityRegularizer: 'l2' }) }), {
  inputShape: [2, 3, 2],
  weights: { 'dense/kernel': [2, 2], 'dense/bias': [2] },
  mask: 'passes',
});

describe('timeDistributed', () => {
  it('matches Keras around a dense layer', () =>
    expectLayer(timeDistributed({ layer: dense({ units: 3, activation: 'tanh' }) })).toMatchGolden('timeDistributed/dense'));

  it('matches Keras around a convolution', () =>
    expectLayer(timeDistributed({ layer: conv1d({ filters: 2, kernelSize: 2 }) })).toMatchGolden('timeDistributed/conv1d'));

  it('matches Keras around a recurrent layer', () =>
    expectLayer(timeDistributed({ layer: lstm({ units: 2 }) })).toMatchGolden('timeDistributed/lstm'));

  it('matches Keras around batch normalization, which sees a step at a time', () => {
    expectLayer(timeDistributed({ layer: batchNormalization() })).toMatchGolden('timeDistributed/batchNormalization');
    expectLayer(timeDistributed({ layer: batchNormalization() })).toMatchGolden('timeDistributed/batchNormalizationMasked');
  });

  it('hands a mask on to a recurrent layer if it has the steps which that layer reads', () => {
    tidy(() => {
      const inner = gru({ units: 2 });
      const layer = timeDistributed({ layer: inner });
      const x = testInput([2, 2, 3, 2]);
      const mask = tensor([1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1], [2, 2, 3], 'bool');
      const steps = tensor([1, 0, 0, 1], [2, 2], 'bool');
      const expected = inner.apply(reshape(x, [4, 3, 2]), { mask: reshape(mask, [4, 3]) });
      expect(layer.apply(x, { mask }).dataSync()).toEqual(expected.dataSync());
      expect(layer.apply(x, { mask: steps }).dataSync()).toEqual(layer.apply(x).dataSync());
      layer.dispose();
    });
  });

  it('computes the steps of a stateful layer one after the other', () => {
    const before = memory().numTensors;
    tidy(() => {
      const inner = simpleRNN({ units: 2, stateful: true });
      const layer = timeDistributed({ layer: inner });
      const x = testInput([2, 2, 3, 2]);
      const y = layer.apply(x);
      inner.resetStates();
      // The second step of the outer time axis goes on from the state that the first one left.
      const wanted = [0, 1].map(time => inner.apply(reshape(slice(x, [0, time, 0, 0], [2, 1, 3, 2]), [2, 3, 2])).dataSync());
      for (const time of [0, 1])
        expectClose(slice(y, [0, time, 0], [2, 1, 2]).dataSync(), wanted[time] as Float32Array, 1e-6, `step ${time}`);
      layer.dispose();
    });
    expect(memory().numTensors).toBe(before);
  });

  it('drops differently at every step', () => {
    tidy(() => {
      const layer = timeDistributed({ layer: dropout({ rate: 0.5 }) });
      const y = layer.apply(
        tensor(
          Array.from({ length: 64 }, () => 1),
          [1, 2, 32],
        ),
        { training: true },
      );
      const values = [...y.dataSync()];
      expect(values.slice(0, 32)).not.toEqual(values.slice(32));
    });
  });

  it('makes the penalty on outputs the sum of those of the steps', () => {
    tidy(() => {
      const layer = timeDistributed({ layer: dense({ units: 2, activityRegularizer: 'l2' }) });
      const x = testInput([4, 3, 2]);
      let penalty: Tensor = scalar(0);
      const y = layer.invoke(x, { ...inference, training: true, addLoss: given => (penalty = given) }) as Tensor;
      // Keras' l2: 0.01 times the sum of squares, over the samples.
      const expected = (0.01 * Number(sum(square(y)).dataSync()[0])) / 4;
      expectClose(penalty.dataSync(), [expected], 1e-6, 'penalty');
      layer.dispose();
    });
  });

  it('says what is wrong with its input or its layer', () => {
    expect(() => timeDistributed({ layer: dense({ units: 2 }), name: 't' }).apply(input({ shape: [3] }))).toThrow(
      new ShapeError('timeDistributed "t" needs an input of rank 3 or more, [batch, time, …]; got rank 2, [null, 3]'),
    );
    expect(() => timeDistributed({ layer: 'dense' as never, name: 't' })).toThrow(
      new ConfigError('timeDistributed "t": layer must be a layer; got "dense"'),
    );
    const several = timeDistributed({ layer: gru({ units: 2, returnState: true, name: 'g' }), name: 't' });
    expect(() => several.apply(input({ shape: [2, 3, 2] }))).toThrow(
      new ConfigError('timeDistributed "t" needs a layer with one output; gru "g" has 2'),
    );
    several.dispose();
  });
});
