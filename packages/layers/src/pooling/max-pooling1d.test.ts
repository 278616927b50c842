import { ConfigError, ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { maxPooling1d } from './max-pooling1d.js';

describeLayer('maxPooling1d', () => maxPooling1d(), { inputShape: [2, 5, 2] });

describe('maxPooling1d', () => {
  it('matches Keras', () => {
    expectLayer(maxPooling1d({ poolSize: 3, strides: 2 })).toMatchGolden('maxPooling1d/valid');
    expectLayer(maxPooling1d({ poolSize: [4], strides: 4, padding: 'same' })).toMatchGolden('maxPooling1d/same');
  });

  it('needs sequences', () =>
    expect(() => maxPooling1d({ name: 'p' }).computeOutputShape([null, 4])).toThrow(
      new ShapeError('maxPooling1d "p" needs an input of rank 3, [batch, steps, channels]; got rank 2, [null, 4]'),
    ));

  it('takes one size', () =>
    expect(() => maxPooling1d({ poolSize: [2, 2] as never, name: 'p' })).toThrow(
      new ConfigError('maxPooling1d "p": poolSize must be a positive integer; got [2,2]'),
    ));
});
