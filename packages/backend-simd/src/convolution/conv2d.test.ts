import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';
import { attrsOf, dilatedCases, outShape, plainCases } from './convolution.testing.js';

/** Sums of up to 300 products of numbers up to 1, in float32 in another order than cpu's. */
const tolerance = 1e-5;

describe('Conv2D', () => {
  it('gives what cpu does for every filter, stride, dilation and padding', () => {
    for (const one of [...plainCases, ...dilatedCases]) {
      expectSameAsCpu('Conv2D', { x: sample(one.x), filter: sample(one.filter, 2) }, attrsOf(one), tolerance);
    }
  });

  it('leaves padding out, so that infinite weights meet no zeros there', () => {
    const x = floats([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = floats([Infinity, 1, 1, 1, 1, 1, NaN, 1, -Infinity], [3, 3, 1, 1]);
    expectSameAsCpu('Conv2D', { x, filter }, { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC' });
  });

  it('leaves channels that come first to cpu', () => {
    const attrs = { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NCHW' };
    expectSameAsCpu('Conv2D', { x: sample([2, 3, 5, 5]), filter: sample([3, 3, 3, 4]) }, attrs, tolerance);
  });
});

describe('Conv2DBackpropInput', () => {
  it('gives what cpu does for every filter, stride and padding', () => {
    for (const one of plainCases) {
      const inputs = { dy: sample(outShape(one)), filter: sample(one.filter, 2) };
      expectSameAsCpu('Conv2DBackpropInput', inputs, { ...attrsOf(one), dilations: undefined, inputShape: one.x }, tolerance);
    }
  });
});
