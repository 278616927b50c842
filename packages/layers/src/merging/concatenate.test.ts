import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { concatenate } from './concatenate.js';

describeLayer('concatenate', () => concatenate(), {
  inputShape: [
    [2, 2, 3],
    [2, 2, 1],
  ],
  mask: 'own',
});

describe('concatenate', () => {
  it('matches Keras', () => {
    expectLayer(concatenate()).toMatchGolden('concatenate/last');
    expectLayer(concatenate({ axis: 1 })).toMatchGolden('concatenate/steps');
    expectLayer(concatenate()).toMatchGolden('concatenate/masks');
  });

  it('adds the sizes along its axis, where they are known', () => {
    expect(
      concatenate({ axis: 1 }).computeOutputShape([
        [null, 3, null],
        [null, 4, 2],
      ]),
    ).toEqual([null, 7, 2]);
    expect(
      concatenate({ axis: 1 }).computeOutputShape([
        [null, null, 2],
        [5, 4, 2],
      ]),
    ).toEqual([5, null, 2]);
  });

  it('needs the same sizes along the other axes', () => {
    expect(() =>
      concatenate({ name: 'c' }).computeOutputShape([
        [null, 3, 1],
        [null, 4, 1],
      ]),
    ).toThrow(new ShapeError('concatenate "c" needs inputs of the same sizes along all axes but 2; got [null, 3, 1] and [null, 4, 1]'));
    expect(() =>
      concatenate({ name: 'c' }).computeOutputShape([
        [null, 3],
        [null, 4, 1],
      ]),
    ).toThrow(ShapeError);
  });

  it('needs a list, and an axis that is there', () => {
    expect(() => concatenate({ name: 'c' }).computeOutputShape([null, 3])).toThrow(
      new ShapeError('concatenate "c" needs a list of inputs; got one of shape [null, 3]'),
    );
    expect(() =>
      concatenate({ name: 'c', axis: 2 }).computeOutputShape([
        [null, 3],
        [null, 3],
      ]),
    ).toThrow(new ShapeError('concatenate "c" needs an axis of its input; got 2 for [null, 3]'));
  });
});
