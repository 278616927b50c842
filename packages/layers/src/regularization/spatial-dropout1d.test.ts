import { ones, ShapeError, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { spatialDropout1d } from './spatial-dropout1d.js';

describeLayer('spatialDropout1d', () => spatialDropout1d({ rate: 0.4, seed: 3 }), { inputShape: [2, 3, 4], mask: 'passes' });

describe('spatialDropout1d', () => {
  it('does nothing but while training, as Keras', () =>
    expectLayer(spatialDropout1d({ rate: 0.4 })).toMatchGolden('spatialDropout1d/inference'));

  it('drops channels, at all steps', () => {
    const values = tidy(() => [
      ...spatialDropout1d({ rate: 0.5, seed: 1 })
        .apply(ones([4, 3, 8]), { training: true })
        .dataSync(),
    ]);
    for (let i = 0; i < values.length; i++) expect(values[i]).toBe(values[Math.floor(i / 24) * 24 + (i % 8)]);
    expect(new Set(values)).toEqual(new Set([0, 2]));
  });

  it('needs sequences', () =>
    expect(() => spatialDropout1d({ rate: 0.5, name: 's' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('spatialDropout1d "s" needs an input of rank 3, [batch, steps, channels]; got rank 2, [null, 4]'),
    ));
});
