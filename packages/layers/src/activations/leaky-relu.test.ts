import { ConfigError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { leakyReLU } from './leaky-relu.js';

describeLayer('leakyReLU', () => leakyReLU(), { inputShape: [2, 5], mask: 'passes' });

describe('leakyReLU', () => {
  it('matches Keras', () => {
    expectLayer(leakyReLU()).toMatchGolden('leakyReLU/default');
    expectLayer(leakyReLU({ negativeSlope: 0.05 })).toMatchGolden('leakyReLU/slope');
  });

  it("takes tfjs-layers' name of the slope, but not both", () => {
    expect(leakyReLU({ alpha: 0.1 }).config).toEqual({ negativeSlope: 0.1 });
    expect(() => leakyReLU({ alpha: 0.1, negativeSlope: 0.1 })).toThrow(ConfigError);
  });
});
