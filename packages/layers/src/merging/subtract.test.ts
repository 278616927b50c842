import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { subtract } from './subtract.js';

describeLayer('subtract', () => subtract(), {
  inputShape: [
    [2, 3],
    [2, 3],
  ],
  mask: 'own',
});

describe('subtract', () => {
  it('matches Keras', () => {
    expectLayer(subtract()).toMatchGolden('subtract/two');
  });

  it('needs two inputs', () =>
    expect(() =>
      subtract({ name: 's' }).computeOutputShape([
        [null, 1],
        [null, 1],
        [null, 1],
      ]),
    ).toThrow(new ShapeError('subtract "s" needs two inputs; got 3')));
});
