import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { prelu } from './prelu.js';

describeLayer('prelu', () => prelu({ sharedAxes: [1] }), { inputShape: [2, 3, 2], weights: { alpha: [1, 2] }, mask: 'passes' });

describe('prelu', () => {
  it('matches Keras', () => {
    expectLayer(prelu()).toMatchGolden('prelu/all');
    expectLayer(prelu({ sharedAxes: [1, 2], alphaInitializer: 'ones' })).toMatchGolden('prelu/shared');
  });

  it('needs to know the sizes of its slopes', () =>
    expect(() => prelu({ name: 'p' }).ensureBuilt([null, null, 3])).toThrow(
      new ShapeError('prelu "p" needs to know the sizes of axes that it does not share; got [null, null, 3]'),
    ));

  it('does not share the batch', () =>
    expect(() => prelu({ name: 'p', sharedAxes: 0 }).ensureBuilt([null, 3])).toThrow(
      new ShapeError('prelu "p" shares axes of a sample, from 1 to 1; got [0]'),
    ));
});
