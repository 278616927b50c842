import { ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { add } from './add.js';

describeLayer('add', () => add(), {
  inputShape: [
    [2, 3],
    [2, 3],
    [2, 1],
  ],
  mask: 'own',
});

describe('add', () => {
  it('matches Keras', () => {
    expectLayer(add()).toMatchGolden('add/three');
    expectLayer(add()).toMatchGolden('add/ranks');
    expectLayer(add()).toMatchGolden('add/masks');
  });

  it('broadcasts, and knows what it can', () => {
    expect(
      add().computeOutputShape([
        [null, 3, 1],
        [4, 1, 5],
      ]),
    ).toEqual([4, 3, 5]);
    expect(
      add().computeOutputShape([
        [null, 2, 5],
        [null, 5],
      ]),
    ).toEqual([null, 2, 5]);
    expect(
      add().computeOutputShape([
        [null, null, 5],
        [null, 1, 5],
      ]),
    ).toEqual([null, null, 5]);
  });

  it('needs a list', () => {
    expect(() => add({ name: 'a' }).computeOutputShape([null, 3])).toThrow(
      new ShapeError('add "a" needs a list of inputs; got one of shape [null, 3]'),
    );
    expect(() => add({ name: 'a' }).computeOutputShape([])).toThrow(new ShapeError('add "a" needs a list of inputs; got an empty one'));
  });

  it('needs shapes that fit together', () => {
    expect(() =>
      add({ name: 'a' }).computeOutputShape([
        [null, 3],
        [null, 4],
      ]),
    ).toThrow(new ShapeError('add "a" needs inputs of the same sizes, or 1, after the batch; got [null, 3] and [null, 4]'));
    expect(() =>
      add({ name: 'a' }).computeOutputShape([
        [2, 3],
        [3, 3],
      ]),
    ).toThrow(new ShapeError('add "a" needs inputs of one batch size; got [2, 3] and [3, 3]'));
  });
});
