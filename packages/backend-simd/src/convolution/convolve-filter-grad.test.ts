import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, floats, sample, type Values } from '../kernel.testing.js';
import { type ConvolutionCase, fewCases, outShape, plainCases } from './convolution.testing.js';

const inputsOf = (one: ConvolutionCase): Record<'x' | 'dy' | 'y', Values> => {
  const y = sample(outShape(one), 3);
  return {
    x: sample(one.x),
    dy: sample(y.shape, 2),
    y: floats(
      y.values.map(Math.abs).map((value, i) => (i % 3 ? value : 0)),
      y.shape,
    ),
  };
};

const attrsOf = ({ strides, pad, filter }: ConvolutionCase, activation: string): object => ({
  strides,
  pad,
  filterShape: filter,
  activation,
});

describe('JogakConvolveFilterGrad', () => {
  it('gives what cpu does for every filter, stride and padding', () => {
    for (const one of [...plainCases, ...fewCases]) {
      // Sums over up to 25,088 pixels of products of numbers up to 1, in float32 in another order than cpu's.
      expectSameAsCpu('JogakConvolveFilterGrad', inputsOf(one), attrsOf(one, 'relu'), 1e-4);
    }
  });

  it('knows every activation that can be fused, with many channels as with few', () => {
    for (const one of [fewCases[1]!, fewCases[3]!, plainCases[6]!]) {
      for (const activation of ['linear', 'sigmoid']) {
        expectSameAsCpu('JogakConvolveFilterGrad', inputsOf(one), attrsOf(one, activation), 3e-5);
      }
    }
  });

  it('leaves padding out, so that gradients that are not finite meet no zeros there', () => {
    for (const special of [Number.POSITIVE_INFINITY, Number.NaN]) {
      for (const filters of [6, 10, 17]) {
        const one: ConvolutionCase = { x: [3, 5, 4, 1], filter: [3, 3, 1, filters], strides: [1, 1], pad: 'same', dilations: [1, 1] };
        const { x, dy, y } = inputsOf(one);
        // The first pixel of the second image, whose first taps are padding; its fourth channel, which is the first of the last vector.
        dy.values[20 * filters + 3] = special;
        y.values[20 * filters + 3] = 1;
        const [dFilter, dBias] = expectSameAsCpu('JogakConvolveFilterGrad', { x, dy, y }, attrsOf(one, 'relu'), 1e-5);
        expect(dFilter!.values[3]).toSatisfy(Number.isFinite);
        expect(dFilter!.values[8 * filters + 3]).not.toSatisfy(Number.isFinite);
        expect(dBias!.values[3]).toBe(special);
      }
    }
  });

  it('gives NaN where the value of relu is NaN', () => {
    const { x, dy, y } = inputsOf(fewCases[3]!);
    y.values[7] = Number.NaN;
    const [, dBias] = expectSameAsCpu('JogakConvolveFilterGrad', { x, dy, y }, attrsOf(fewCases[3]!, 'relu'), 1e-5);
    expect(dBias!.values.map(Number).map(value => (Number.isNaN(value) ? 1 : 0))).toEqual(Float32Array.of(0, 0, 1, 0, 0));
  });
});
