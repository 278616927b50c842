import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { averagePooling2d } from './average-pooling2d.js';

describeLayer('averagePooling2d', () => averagePooling2d(), { inputShape: [2, 4, 4, 1] });

describe('averagePooling2d', () => {
  it('matches Keras', () => {
    expectLayer(averagePooling2d({ poolSize: [2, 3] })).toMatchGolden('averagePooling2d/valid');
    expectLayer(averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })).toMatchGolden('averagePooling2d/same');
  });

  it('needs images', () =>
    expect(() => averagePooling2d({ name: 'p' }).computeOutputShape([null, 4, 4])).toThrow(
      new ShapeError('averagePooling2d "p" needs an input of rank 4, [batch, height, width, channels]; got rank 3, [null, 4, 4]'),
    ));
});
