import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';
import { attrsOf, dilatedCases, fewCases, outShape, plainCases } from './convolution.testing.js';

/** Sums of up to 300 products of numbers up to 1, in float32 in another order than cpu's. */
const tolerance = 1e-5;

describe('Conv2D', () => {
  it('gives what cpu does for every filter, stride, dilation and padding', () => {
    for (const one of [...plainCases, ...fewCases, ...dilatedCases]) {
      expectSameAsCpu('Conv2D', { x: sample(one.x), filter: sample(one.filter, 2) }, attrsOf(one), tolerance);
    }
  });

  it('leaves padding out, so that infinite weights meet no zeros there', () => {
    const x = floats([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const filter = floats([Infinity, 1, 1, 1, 1, 1, NaN, 1, -Infinity], [3, 3, 1, 1]);
    expectSameAsCpu('Conv2D', { x, filter }, { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC' });
  });

  it('does so with few products a sum, too', () => {
    const [x, filter] = [sample([2, 5, 6, 1]), sample([3, 3, 1, 10], 2)];
    [Infinity, NaN, -Infinity].forEach((value, i) => {
      filter.values[i * 31] = value;
      x.values[i * 7] = value;
    });
    expectSameAsCpu('Conv2D', { x, filter }, { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC' }, tolerance);
  });

  it('leaves channels that come first to cpu', () => {
    const attrs = { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NCHW' };
    expectSameAsCpu('Conv2D', { x: sample([2, 3, 5, 5]), filter: sample([3, 3, 3, 4]) }, attrs, tolerance);
  });
});

describe('FusedConv2D', () => {
  const one = plainCases[3]!;
  const inputs = { x: sample(one.x), filter: sample(one.filter, 2) };
  const shape = outShape(one);

  it('adds a bias and applies an activation', () => {
    for (const some of [plainCases[5]!, ...fewCases.slice(1)]) {
      const [height, width, channels] = outShape(some).slice(1) as [number, number, number];
      for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu', 'elu', 'sigmoid']) {
        for (const bias of [undefined, sample([channels], 3), sample([1], 3), sample([], 3), sample([height, width, channels], 3)]) {
          const attrs = { ...attrsOf(some), activation, leakyreluAlpha: 0.3 };
          expectSameAsCpu('FusedConv2D', { x: sample(some.x), filter: sample(some.filter, 2), bias }, attrs, tolerance);
        }
      }
    }
  });

  it('multiplies what is negative by the weights of prelu', () => {
    for (const alpha of [sample([shape[3]], 4), sample(shape.slice(1), 4)]) {
      const fused = { ...inputs, bias: sample([shape[3]], 3), preluActivationWeights: alpha };
      expectSameAsCpu('FusedConv2D', fused, { ...attrsOf(one), activation: 'prelu' }, tolerance);
    }
  });

  it('keeps NaN through relu', () => {
    const x = floats([NaN, 1, -1, Infinity, -Infinity, 0], [1, 6, 1, 1]);
    const filter = floats([1], [1, 1, 1, 1]);
    for (const activation of ['relu', 'relu6']) {
      const attrs = { strides: 1, pad: 'valid', dilations: 1, dataFormat: 'NHWC', activation };
      expectSameAsCpu('FusedConv2D', { x, filter, bias: floats([0.5]) }, attrs);
    }
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
