import { describe, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { average } from './average.js';

describeLayer('average', () => average(), {
  inputShape: [
    [2, 3],
    [2, 3],
  ],
  mask: 'own',
});

describe('average', () => {
  it('matches Keras', () => {
    expectLayer(average()).toMatchGolden('average/two');
  });
});
