import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { type AxisPadding, type ConvAxis, convOutputSize, convPadding } from './axis.js';

/** Counts the places of the kernel by trying every one. */
function countPlaces(length: number, kernelSize: number, stride: number, dilation: number): number {
  let places = 0;
  for (let start = 0; start < length; start += stride) {
    if (start + (kernelSize - 1) * dilation < length) places++;
  }
  return places;
}

const axes = fc
  .record({
    size: fc.integer({ min: 1, max: 40 }),
    kernelSize: fc.integer({ min: 1, max: 9 }),
    step: fc.integer({ min: 1, max: 5 }),
    dilate: fc.boolean(),
  })
  .map(({ size, kernelSize, step, dilate }) => ({ size, kernelSize, stride: dilate ? 1 : step, dilation: dilate ? step : 1 }));

describe('convOutputSize', () => {
  it('counts the places of a kernel on the padded input', () => {
    const paddings = fc.oneof<fc.Arbitrary<AxisPadding>[]>(
      fc.constantFrom('valid' as const, 'same' as const, 'full' as const, 'causal' as const),
      fc.integer({ min: 0, max: 6 }),
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
    );
    fc.assert(
      fc.property(axes, paddings, ({ size, ...axis }, padding) => {
        const { before, after } = convPadding(size, { ...axis, padding });
        const places = countPlaces(before + size + after, axis.kernelSize, axis.stride, axis.dilation);
        if (places === 0) expect(() => convOutputSize(size, { ...axis, padding })).toThrow(ShapeError);
        else expect(convOutputSize(size, { ...axis, padding })).toBe(places);
      }),
      { seed: 1 },
    );
  });

  it('is the same as the input with "same" and "causal" at stride 1, and ⌈size / stride⌉ else', () => {
    fc.assert(
      fc.property(axes, fc.constantFrom('same' as const, 'causal' as const), ({ size, ...axis }, padding) => {
        expect(convOutputSize(size, { ...axis, padding })).toBe(Math.ceil(size / axis.stride));
      }),
      { seed: 1 },
    );
  });

  it('does not know what it was not told', () => expect(convOutputSize(null, { kernelSize: 3, padding: 'same' })).toBeNull());
});

describe('convPadding', () => {
  it.each<[number, ConvAxis, number, number]>([
    // TensorFlow's table of SAME padding: size 13, kernel 6, stride 5 needs three zeros, one before and two after.
    [13, { kernelSize: 6, stride: 5, padding: 'same' }, 1, 2],
    [28, { kernelSize: 3, padding: 'same' }, 1, 1],
    [28, { kernelSize: 2, padding: 'same' }, 0, 1],
    [5, { kernelSize: 1, stride: 2, padding: 'same' }, 0, 0],
    [10, { kernelSize: 3, dilation: 4, padding: 'same' }, 4, 4],
    [10, { kernelSize: 3, dilation: 2, padding: 'causal' }, 4, 0],
    [10, { kernelSize: 3, padding: 'full' }, 2, 2],
    [10, { kernelSize: 3, padding: 'valid' }, 0, 0],
    [10, { kernelSize: 3, padding: 2 }, 2, 2],
    [10, { kernelSize: 3, padding: [3, 0] }, 3, 0],
  ])('of %i values under %o is %i before and %i after', (size, axis, before, after) => {
    expect(convPadding(size, axis)).toEqual({ before, after });
  });

  it('for "same" uses as few zeros as ⌈size / stride⌉ outputs need, the odd one after', () => {
    fc.assert(
      fc.property(axes, ({ size, ...axis }) => {
        const { before, after } = convPadding(size, { ...axis, padding: 'same' });
        expect(after - before === 0 || after - before === 1).toBe(true);
        const fewer = countPlaces(before + size + after - 1, axis.kernelSize, axis.stride, axis.dilation);
        if (before + after > 0) expect(fewer).toBeLessThan(Math.ceil(size / axis.stride));
      }),
      { seed: 1 },
    );
  });
});

describe('wrong axes', () => {
  it.each<[ConvAxis, Error]>([
    [
      { kernelSize: 3 },
      new ShapeError('conv1d "c": a kernel of size 3 does not fit into an input of 2; use padding "same", or a smaller kernel'),
    ],
    [
      { kernelSize: 3, dilation: 2, padding: 1 },
      new ShapeError(
        'conv1d "c": a kernel of size 3, dilated to 5, does not fit into an input of 2 with 2 zeros around it; use padding "same", or a smaller kernel',
      ),
    ],
    [{ kernelSize: 0 }, new ConfigError('conv1d "c": kernelSize must be a positive integer; got 0')],
    [{ kernelSize: 1, stride: 1.5 }, new ConfigError('conv1d "c": stride must be a positive integer; got 1.5')],
    [{ kernelSize: 1, padding: -1 }, new ConfigError('conv1d "c": padding must be an integer, 0 or more; got -1')],
    [
      { kernelSize: 1, padding: 'SAME' as 'same' },
      new ConfigError('conv1d "c": padding must be "valid", "same", "full", "causal" or numbers; got "SAME"'),
    ],
    [
      { kernelSize: 1, stride: 2, dilation: 3 },
      new ConfigError('conv1d "c": strides [2] and a dilation of [3] cannot both be more than 1; set one of them to 1'),
    ],
  ])('%o are named', (axis, error) => {
    expect(() => convOutputSize(2, axis, 'conv1d "c"')).toThrow(error);
  });
});
