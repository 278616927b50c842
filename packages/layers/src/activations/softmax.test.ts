import { ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { softmax } from './softmax.js';

describeLayer('softmax', () => softmax(), { inputShape: [2, 4], mask: 'passes' });

describe('softmax', () => {
  it('matches Keras along one axis or several', () => {
    expectLayer(softmax()).toMatchGolden('softmax/last');
    expectLayer(softmax({ axis: 1 })).toMatchGolden('softmax/axis');
    expectLayer(softmax({ axis: [1, 2] })).toMatchGolden('softmax/axes');
  });

  it('matches Keras with a mask', () => expectLayer(softmax()).toMatchGolden('softmax/mask'));

  it('gives 0 where a mask leaves nothing', () => {
    const y = tidy(() =>
      softmax()
        .apply(tensor([[1, 2]]), { mask: tensor([[0, 0]], [1, 2], 'bool') })
        .dataSync(),
    );
    expect([...y]).toEqual([0, 0]);
  });

  it('needs a mask that fits, and axes that are there', () => {
    tidy(() => {
      const x = tensor([[1, 2]]);
      expect(() => softmax({ name: 's' }).apply(x, { mask: tensor([[1, 0, 1]], [1, 3], 'bool') })).toThrow(
        new ShapeError('softmax "s" needs a mask that fits the last axes of its input; got [1, 3] for [1, 2]'),
      );
      expect(() => softmax({ name: 's', axis: 2 }).apply(x)).toThrow(
        new ShapeError('softmax "s" needs an axis of its input; got 2 for [1, 2]'),
      );
    });
  });
});
