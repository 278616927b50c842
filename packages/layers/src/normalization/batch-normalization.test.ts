import { ones, randomKey, ShapeError, tensor, tidy, uniformValues } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { batchNormalization } from './batch-normalization.js';

describeLayer('batchNormalization', () => batchNormalization(), {
  inputShape: [4, 3, 2],
  weights: { gamma: [2], beta: [2], moving_mean: [2], moving_variance: [2] },
  mask: 'passes',
});

describe('batchNormalization', () => {
  it("matches Keras while training: the batch's statistics, and moving averages of them", () => {
    expectLayer(batchNormalization()).toMatchGolden('batchNormalization/training');
    expectLayer(batchNormalization({ momentum: 0.8, center: false })).toMatchGolden('batchNormalization/image');
    expectLayer(batchNormalization({ axis: 1, scale: false })).toMatchGolden('batchNormalization/axis');
  });

  it('matches Keras with a mask', () => expectLayer(batchNormalization()).toMatchGolden('batchNormalization/mask'));

  it('matches Keras otherwise, and while it is frozen: the moving averages', () => {
    expectLayer(batchNormalization({ epsilon: 0.1 })).toMatchGolden('batchNormalization/inference');
    expectLayer(batchNormalization({ trainable: false })).toMatchGolden('batchNormalization/frozen');
  });

  it('brings its averages to those of the data', () => {
    const layer = batchNormalization({ momentum: 0.5 });
    tidy(() => {
      const x = tensor(uniformValues(randomKey(1), [1000, 1], 2, 4), [1000, 1]);
      for (let step = 0; step < 30; step++) layer.apply(x, { training: true });
    });
    const [, , mean, variance] = layer.weights.map(weight => weight.read().data[0] as number);
    // Of a uniform distribution from 2 to 4: mean 3, variance 1/3, within four standard errors.
    expect(Math.abs((mean as number) - 3)).toBeLessThan((4 * Math.sqrt(1 / 3)) / Math.sqrt(1000));
    expect(Math.abs((variance as number) - 1 / 3)).toBeLessThan(0.04);
    layer.dispose();
  });

  it('keeps apart the variance of values far from 0', () => {
    const layer = batchNormalization();
    const y = tidy(() => [...layer.apply(tensor([[10001], [10003]]), { training: true }).dataSync()]);
    // ±1 over a deviation of √(1 + 0.001).
    for (const [i, sign] of [-1, 1].entries()) expect(y[i]).toBeCloseTo(sign / Math.sqrt(1.001), 5);
    layer.dispose();
  });

  it('needs an axis that is there, of a known size, and a mask that fits', () => {
    expect(() => batchNormalization({ axis: 2, name: 'b' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('batchNormalization "b" needs an axis of its input; got 2 for [null, 4]'),
    );
    expect(() => batchNormalization({ name: 'b' }).ensureBuilt([null, null])).toThrow(
      new ShapeError('batchNormalization "b" needs to know the size of axis 1; got [null, null]'),
    );
    const layer = batchNormalization({ name: 'b' });
    tidy(() => {
      expect(() => layer.apply(ones([2, 3]), { training: true, mask: ones([2, 3]) })).toThrow(
        new ShapeError('batchNormalization "b" needs a mask with one axis less than its input; got [2, 3] for [2, 3]'),
      );
    });
    layer.dispose();
  });
});
