import { describe, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { minimum } from './minimum.js';

describeLayer('minimum', () => minimum(), {
  inputShape: [
    [2, 3],
    [2, 3],
  ],
  mask: 'own',
});

describe('minimum', () => {
  it('matches Keras', () => {
    expectLayer(minimum()).toMatchGolden('minimum/masks');
  });
});
