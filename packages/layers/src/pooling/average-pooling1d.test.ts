import { ConfigError, ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { averagePooling1d } from './average-pooling1d.js';

describeLayer('averagePooling1d', () => averagePooling1d(), { inputShape: [2, 5, 2] });

describe('averagePooling1d', () => {
  it('matches Keras', () => {
    expectLayer(averagePooling1d({ poolSize: 3, strides: 1 })).toMatchGolden('averagePooling1d/valid');
    expectLayer(averagePooling1d({ poolSize: 4, padding: 'same' })).toMatchGolden('averagePooling1d/same');
  });

  it('has no causal padding', () =>
    expect(() => averagePooling1d({ padding: 'causal' as 'same', name: 'p' })).toThrow(
      new ConfigError('averagePooling1d "p": padding must be "valid" or "same"; got "causal"'),
    ));

  it('does not go over fewer steps than its window has', () =>
    expect(() => averagePooling1d({ poolSize: 4, name: 'p' }).computeOutputShape([null, 3, 1])).toThrow(ShapeError));
});
