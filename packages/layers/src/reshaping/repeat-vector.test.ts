import { ConfigError, ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { repeatVector } from './repeat-vector.js';

describeLayer('repeatVector', () => repeatVector({ n: 3 }), { inputShape: [2, 4] });

describe('repeatVector', () => {
  it('matches Keras', () => expectLayer(repeatVector({ n: 3 })).toMatchGolden('repeatVector/three'));

  it('needs a number of times', () =>
    expect(() => repeatVector({ n: 0, name: 'r' })).toThrow(new ConfigError('repeatVector "r": n must be a positive integer; got 0')));

  it('needs rows', () =>
    expect(() => repeatVector({ n: 2, name: 'r' }).computeOutputShape([null, 3, 4])).toThrow(
      new ShapeError('repeatVector "r" needs an input of rank 2, [batch, features]; got rank 3, [null, 3, 4]'),
    ));
});
