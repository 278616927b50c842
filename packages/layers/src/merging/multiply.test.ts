import { describe, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { multiply } from './multiply.js';

describeLayer('multiply', () => multiply(), {
  inputShape: [
    [2, 3],
    [2, 3],
  ],
  mask: 'own',
});

describe('multiply', () => {
  it('matches Keras', () => {
    expectLayer(multiply()).toMatchGolden('multiply/three');
    expectLayer(multiply()).toMatchGolden('multiply/masks');
    expectLayer(multiply()).toMatchGolden('multiply/oneMask');
  });
});
