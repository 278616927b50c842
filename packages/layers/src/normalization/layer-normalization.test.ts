import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { layerNormalization } from './layer-normalization.js';

describeLayer('layerNormalization', () => layerNormalization(), {
  inputShape: [2, 3, 4],
  weights: { gamma: [4], beta: [4] },
  mask: 'passes',
});

describe('layerNormalization', () => {
  it('matches Keras', () => {
    expectLayer(layerNormalization()).toMatchGolden('layerNormalization/last');
    expectLayer(layerNormalization({ axis: [1, 2], epsilon: 0.01 })).toMatchGolden('layerNormalization/axes');
    expectLayer(layerNormalization({ axis: [1], center: false, scale: false })).toMatchGolden('layerNormalization/bare');
  });

  it('needs axes that are there, of known sizes', () => {
    expect(() => layerNormalization({ axis: 3, name: 'n' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('layerNormalization "n" needs an axis of its input; got 3 for [null, 4]'),
    );
    expect(() => layerNormalization({ axis: [1, -1], name: 'n' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('layerNormalization "n" needs different axes of its input; got 1, -1 for [null, 4]'),
    );
    expect(() => layerNormalization({ name: 'n' }).ensureBuilt([null, null])).toThrow(
      new ShapeError('layerNormalization "n" needs to know the size of axis 1; got [null, null]'),
    );
  });
});
