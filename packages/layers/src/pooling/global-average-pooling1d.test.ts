import { ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { globalAveragePooling1d } from './global-average-pooling1d.js';

describeLayer('globalAveragePooling1d', () => globalAveragePooling1d(), { inputShape: [2, 4, 3], mask: 'own' });

describe('globalAveragePooling1d', () => {
  it('matches Keras', () => expectLayer(globalAveragePooling1d()).toMatchGolden('globalAveragePooling1d/plain'));

  it('keeps its axes where it is asked to', () =>
    expect(globalAveragePooling1d({ keepdims: true }).computeOutputShape([null, 5, 3])).toEqual([null, 1, 3]));

  it('needs sequences', () =>
    expect(() => globalAveragePooling1d({ name: 'g' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('globalAveragePooling1d "g" needs an input of rank 3, [batch, steps, channels]; got rank 2, [null, 4]'),
    ));

  it('matches Keras with a mask, which ends there', () =>
    expectLayer(globalAveragePooling1d({ keepdims: true })).toMatchGolden('globalAveragePooling1d/mask'));

  it('is 0, not NaN, where a mask leaves nothing', () => {
    const mean = tidy(() =>
      globalAveragePooling1d()
        .apply(tensor([[[1], [2]]]), { mask: tensor([[0, 0]], [1, 2], 'bool') })
        .dataSync(),
    );
    expect([...mean]).toEqual([0]);
  });
});
