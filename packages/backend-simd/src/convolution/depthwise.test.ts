import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';
import { attrsOf, depthwiseCases, outShape } from './convolution.testing.js';

/** Sums of up to 25 products of numbers up to 1, in float32 in another order than cpu's. */
const tolerance = 3e-6;

describe('DepthwiseConv2dNative', () => {
  it('gives what cpu does for every filter, multiplier, stride, dilation and padding', () => {
    for (const one of depthwiseCases) {
      expectSameAsCpu('DepthwiseConv2dNative', { x: sample(one.x), filter: sample(one.filter, 2) }, attrsOf(one), tolerance);
    }
  });

  it('leaves padding out, so that infinite weights meet no zeros there', () => {
    const x = floats([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = floats([Infinity, 1, 1, 1, 1, 1, NaN, 1, -Infinity], [3, 3, 1, 1]);
    expectSameAsCpu('DepthwiseConv2dNative', { x, filter }, { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC' });
  });
});

describe('FusedDepthwiseConv2D', () => {
  it('adds a bias and applies an activation', () => {
    for (const activation of ['linear', 'relu', 'relu6', 'elu', 'sigmoid']) {
      for (const one of depthwiseCases.slice(0, 4)) {
        const inputs = { x: sample(one.x), filter: sample(one.filter, 2), bias: sample([outShape(one, true)[3]], 3) };
        expectSameAsCpu('FusedDepthwiseConv2D', inputs, { ...attrsOf(one), activation }, tolerance);
      }
    }
  });
});

describe('gradients of a depthwise convolution', () => {
  const cases = depthwiseCases.filter(({ dilations: [height, width] }) => height === 1 && width === 1);

  it('DepthwiseConv2dNativeBackpropInput gives what cpu does', () => {
    for (const one of cases) {
      const inputs = { dy: sample(outShape(one, true)), filter: sample(one.filter, 2) };
      expectSameAsCpu('DepthwiseConv2dNativeBackpropInput', inputs, { ...attrsOf(one), inputShape: one.x }, tolerance);
    }
  });

  it('DepthwiseConv2dNativeBackpropFilter gives what cpu does', () => {
    for (const one of cases) {
      const inputs = { x: sample(one.x), dy: sample(outShape(one, true), 2) };
      // Sums over up to 900 pixels.
      expectSameAsCpu('DepthwiseConv2dNativeBackpropFilter', inputs, { ...attrsOf(one), filterShape: one.filter }, 1e-5);
    }
  });
});
