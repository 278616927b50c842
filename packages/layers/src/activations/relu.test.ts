import { ConfigError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { reLU } from './relu.js';

describeLayer('reLU', () => reLU({ maxValue: 0.9, negativeSlope: 0.1 }), { inputShape: [2, 5], mask: 'passes' });

describe('reLU', () => {
  it('matches Keras', () => {
    expectLayer(reLU()).toMatchGolden('reLU/plain');
    expectLayer(reLU({ maxValue: 1, negativeSlope: 0.1, threshold: 0.2 })).toMatchGolden('reLU/options');
  });

  it('has no negative options', () =>
    expect(() => reLU({ maxValue: -1, name: 'r' })).toThrow(new ConfigError('reLU "r": maxValue must be a number, 0 or more; got -1')));
});
