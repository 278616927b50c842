import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { globalAveragePooling2d } from './global-average-pooling2d.js';

describeLayer('globalAveragePooling2d', () => globalAveragePooling2d(), { inputShape: [2, 2, 3, 2] });

describe('globalAveragePooling2d', () => {
  it('matches Keras', () => expectLayer(globalAveragePooling2d()).toMatchGolden('globalAveragePooling2d/plain'));

  it('keeps its axes where it is asked to', () =>
    expect(globalAveragePooling2d({ keepdims: true }).computeOutputShape([null, 5, 6, 3])).toEqual([null, 1, 1, 3]));

  it('needs images', () =>
    expect(() => globalAveragePooling2d({ name: 'g' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('globalAveragePooling2d "g" needs an input of rank 4, [batch, height, width, channels]; got rank 2, [null, 4]'),
    ));
});
