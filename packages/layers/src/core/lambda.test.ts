import { ConfigError, expandDims, mul, ShapeError, square, type Tensor, tensor, tidy, zeros } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { lambda } from './lambda.js';

describeLayer('lambda', () => lambda({ function: x => square(x as Tensor) }), { inputShape: [2, 3], serializable: false });

describe('lambda', () => {
  it('computes its function, of several inputs too', () => {
    const product = lambda({ function: inputs => mul((inputs as Tensor[])[0] as Tensor, (inputs as Tensor[])[1] as Tensor) });
    expect(tidy(() => [...product.apply([tensor([2, 3]), tensor([4, 5])] as never as Tensor).dataSync()])).toEqual([8, 15]);
  });

  it('finds the shape of its output by trying', () => {
    const outer = lambda({ function: x => mul(expandDims(x as Tensor, 2), expandDims(x as Tensor, 1)) });
    expect(outer.computeOutputShape([null, 3])).toEqual([null, 3, 3]);
    expect(outer.computeOutputShape([null, null])).toEqual([null, null, null]);
  });

  it('takes the shape of its output, without the batch or as a function', () => {
    expect(lambda({ function: x => x, outputShape: [7] }).computeOutputShape([null, 3])).toEqual([null, 7]);
    expect(lambda({ function: x => x, outputShape: shape => [...(shape as number[]), 1] }).computeOutputShape([null, 3])).toEqual([
      null,
      3,
      1,
    ]);
  });

  it('says where the shape has to be given', () =>
    expect(() =>
      lambda({
        name: 'l',
        function: () => {
          throw new Error('no');
        },
      }).computeOutputShape([null, 3]),
    ).toThrow(new ShapeError('lambda "l" does not run on zeros of shape [null, 3], so its outputShape has to be given')));

  it('gives the mask that it is told to', () => {
    tidy(() => {
      const mask = zeros([1, 2], 'bool');
      expect(lambda({ function: x => x, mask: (_, given) => given }).computeMask(zeros([1, 2]), mask)).toBe(mask);
    });
  });

  it('cannot be saved', () =>
    expect(() => lambda({ name: 'l', function: x => x }).serialize()).toThrow(
      new ConfigError(
        'lambda "l" cannot be saved, because a function has no place in a file: make a class of it that extends Layer, and register it with registerLayer',
      ),
    ));

  it('needs a function', () =>
    expect(() => lambda({ name: 'l', function: 'square' as never })).toThrow(
      new ConfigError('lambda "l": function must be a function; got "square"'),
    ));
});
