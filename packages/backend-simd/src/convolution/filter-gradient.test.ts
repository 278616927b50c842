import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';
import { attrsOf, outShape, plainCases } from './convolution.testing.js';

describe('Conv2DBackpropFilter', () => {
  it('gives what cpu does for every filter, stride and padding', () => {
    for (const one of plainCases) {
      const inputs = { x: sample(one.x), dy: sample(outShape(one), 2) };
      // Sums over up to 3,920 pixels of products of numbers up to 1, in float32 in another order than cpu's.
      expectSameAsCpu('Conv2DBackpropFilter', inputs, { ...attrsOf(one), dilations: undefined, filterShape: one.filter }, 3e-5);
    }
  });

  it('leaves padding out, so that infinite gradients meet no zeros there', () => {
    const x = floats([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const dy = floats([Infinity, 0, 0, 0, 0, 0, NaN, 0, 0], [1, 3, 3, 1]);
    const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [3, 3, 1, 1] };
    expectSameAsCpu('Conv2DBackpropFilter', { x, dy }, attrs);
  });

  it('does so with many channels, strides and images, and where x is infinite', () => {
    const one = plainCases[9]!;
    const inputs = { x: sample(one.x), dy: sample(outShape(one), 2) };
    inputs.dy.values[4] = Infinity;
    inputs.dy.values[inputs.dy.values.length - 1] = -Infinity;
    inputs.x.values[0] = Infinity;
    inputs.x.values[80] = NaN;
    expectSameAsCpu('Conv2DBackpropFilter', inputs, { ...attrsOf(one), dilations: undefined, filterShape: one.filter }, 3e-5);
  });
});
