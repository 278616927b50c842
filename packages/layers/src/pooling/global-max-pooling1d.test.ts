import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { globalMaxPooling1d } from './global-max-pooling1d.js';

describeLayer('globalMaxPooling1d', () => globalMaxPooling1d(), { inputShape: [2, 4, 3] });

describe('globalMaxPooling1d', () => {
  it('matches Keras', () => expectLayer(globalMaxPooling1d()).toMatchGolden('globalMaxPooling1d/plain'));

  it('keeps its axes where it is asked to', () =>
    expect(globalMaxPooling1d({ keepdims: true }).computeOutputShape([null, 5, 3])).toEqual([null, 1, 3]));

  it('needs sequences', () =>
    expect(() => globalMaxPooling1d({ name: 'g' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('globalMaxPooling1d "g" needs an input of rank 3, [batch, steps, channels]; got rank 2, [null, 4]'),
    ));
});
