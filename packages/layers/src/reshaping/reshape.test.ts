import { ConfigError, ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { reshape } from './reshape.js';

describeLayer('reshape', () => reshape({ targetShape: [3, -1] }), { inputShape: [2, 2, 3] });

describe('reshape', () => {
  it('matches Keras', () => {
    expectLayer(reshape({ targetShape: [3, -1] })).toMatchGolden('reshape/rest');
    expectLayer(reshape({ targetShape: [5, 3, 2, 2] })).toMatchGolden('reshape/split');
  });

  it('leaves integers what they are', () =>
    expect(tidy(() => reshape({ targetShape: [1] }).apply(tensor([[3]], [1, 1], 'int32')).dtype)).toBe('int32'));

  it('takes null for what is left', () => expect(reshape({ targetShape: [null, 2] }).computeOutputShape([null, 6])).toEqual([null, 3, 2]));

  it('does not know a rest of an unknown size', () =>
    expect(reshape({ targetShape: [-1, 2] }).computeOutputShape([null, null, 6])).toEqual([null, null, 2]));

  it('keeps the number of values', () => {
    expect(() => reshape({ targetShape: [3, 4], name: 'r' }).computeOutputShape([null, 10])).toThrow(
      new ShapeError('reshape "r" cannot give [null, 10] the shape [3, 4]: a sample has 10 values, not 12'),
    );
    expect(() => reshape({ targetShape: [3, -1], name: 'r' }).computeOutputShape([null, 10])).toThrow(
      new ShapeError('reshape "r" cannot give [null, 10] the shape [3, -1]: a sample has 10 values, no multiple of 3'),
    );
  });

  it('can leave one size open', () =>
    expect(() => reshape({ targetShape: [-1, -1], name: 'r' })).toThrow(
      new ConfigError('reshape "r": targetShape must be a list of positive integers, of which one may be -1; got [-1,-1]'),
    ));
});
