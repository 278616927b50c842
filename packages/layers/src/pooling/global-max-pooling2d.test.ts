import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { globalMaxPooling2d } from './global-max-pooling2d.js';

describeLayer('globalMaxPooling2d', () => globalMaxPooling2d(), { inputShape: [2, 2, 3, 2] });

describe('globalMaxPooling2d', () => {
  it('matches Keras', () => expectLayer(globalMaxPooling2d({ keepdims: true })).toMatchGolden('globalMaxPooling2d/keepdims'));

  it('keeps its axes where it is asked to', () =>
    expect(globalMaxPooling2d({ keepdims: true }).computeOutputShape([null, 5, 6, 3])).toEqual([null, 1, 1, 3]));

  it('needs images', () =>
    expect(() => globalMaxPooling2d({ name: 'g' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('globalMaxPooling2d "g" needs an input of rank 4, [batch, height, width, channels]; got rank 2, [null, 4]'),
    ));
});
