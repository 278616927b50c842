import { describe, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { maximum } from './maximum.js';

describeLayer('maximum', () => maximum(), {
  inputShape: [
    [2, 3],
    [2, 3],
  ],
  mask: 'own',
});

describe('maximum', () => {
  it('matches Keras', () => {
    expectLayer(maximum()).toMatchGolden('maximum/three');
    expectLayer(maximum()).toMatchGolden('maximum/masks');
    expectLayer(maximum()).toMatchGolden('maximum/oneMask');
  });
});
