import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { convOutputShape, convTransposeOutputShape, poolOutputShape } from './output-shape.js';

describe('convOutputShape', () => {
  it('keeps the batch, convolves the spatial axes and ends with the kernels', () => {
    expect(convOutputShape([null, 28, 28, 1], { filters: 10, kernelSize: 3, padding: 'same' })).toEqual([null, 28, 28, 10]);
    expect(convOutputShape([32, 28, 30, 3], { filters: 8, kernelSize: [3, 5], strides: [1, 2] })).toEqual([32, 26, 13, 8]);
    expect(convOutputShape([4, 10, 3], { filters: 2, kernelSize: 4, padding: 'causal', dilationRate: 2 })).toEqual([4, 10, 2]);
    expect(convOutputShape([4, 5, 5, 3], { filters: 2, kernelSize: 2, padding: 'full' })).toEqual([4, 6, 6, 2]);
    expect(
      convOutputShape([4, 5, 5, 3], {
        filters: 2,
        kernelSize: 3,
        padding: [
          [1, 0],
          [2, 2],
        ],
      }),
    ).toEqual([4, 4, 7, 2]);
  });

  it('passes unknown sizes through', () => {
    expect(convOutputShape([null, null, 28, null], { filters: 10, kernelSize: 3 })).toEqual([null, null, 26, 10]);
  });

  it('says what is wrong', () => {
    const shape = [null, 28, 28, 1];
    expect(() => convOutputShape([null, 3], { filters: 1, kernelSize: 1 }, 'conv1d "c"')).toThrow(
      new ShapeError('conv1d "c" needs [batch, …spatial, channels] with at least one spatial axis; got [null, 3]'),
    );
    expect(() => convOutputShape(shape, { filters: 1, kernelSize: 3, padding: 'causal' }, 'conv2d')).toThrow(
      new ConfigError(
        'conv2d: padding must be "valid", "same", "full", an integer of 0 or more, or [before, after] for each axis; got "causal"',
      ),
    );
    expect(() => convOutputShape(shape, { filters: 1, kernelSize: 3, strides: [1, 2], dilationRate: [2, 1] }, 'conv2d')).toThrow(
      new ConfigError('conv2d: strides [1, 2] and a dilation of [2, 1] cannot both be more than 1; set one of them to 1'),
    );
    expect(() => convOutputShape(shape, { filters: 1, kernelSize: 3, stride: 2 } as never, 'conv2d')).toThrow(
      new ConfigError('conv2d: there is no option "stride"; did you mean "strides"?'),
    );
    expect(() => convOutputShape(shape, { kernelSize: 3 } as never, 'conv2d')).toThrow(
      new ConfigError('conv2d: the option "filters" is required'),
    );
  });
});

describe('poolOutputShape', () => {
  it('steps by its own size unless told otherwise, and keeps the channels', () => {
    expect(poolOutputShape([null, 28, 28, 10], { poolSize: 2 })).toEqual([null, 14, 14, 10]);
    expect(poolOutputShape([null, 5, 5, 10], { poolSize: 2, padding: 'same' })).toEqual([null, 3, 3, 10]);
    expect(poolOutputShape([null, 7, null], { poolSize: 3, strides: 1 })).toEqual([null, 5, null]);
  });

  it('says what is wrong', () => {
    expect(() => poolOutputShape([1, 2, 1, 1], { poolSize: 2 }, 'maxPooling2d "p"')).toThrow(
      new ShapeError('maxPooling2d "p": a kernel of size 2 does not fit into an input of 1; use padding "same", or a smaller kernel'),
    );
  });
});

describe('convTransposeOutputShape', () => {
  it.each([
    // Shapes from keras.layers.Conv2DTranspose(filters=5, …).compute_output_shape, Keras 3.15.
    [{ kernelSize: 3 }, [2, 6, 9, 5]],
    [{ kernelSize: 3, strides: 2 }, [2, 9, 15, 5]],
    [{ kernelSize: 2, strides: 3 }, [2, 12, 21, 5]],
    [{ kernelSize: 3, strides: 2, padding: 'same' }, [2, 8, 14, 5]],
    [{ kernelSize: 3, strides: 2, padding: 'same', outputPadding: 1 }, [2, 8, 14, 5]],
    [{ kernelSize: 4, strides: [3, 2], padding: 'same', outputPadding: [2, 0] }, [2, 11, 12, 5]],
    [{ kernelSize: 3, strides: 3, outputPadding: 2 }, [2, 14, 23, 5]],
    [{ kernelSize: 3, dilationRate: 2 }, [2, 8, 11, 5]],
  ] as const)('with %o is Keras’ %o', (options, shape) => {
    expect(convTransposeOutputShape([2, 4, 7, 3], { filters: 5, ...options })).toEqual(shape);
  });

  it('passes unknown sizes through', () => {
    expect(convTransposeOutputShape([null, null, 3], { filters: 5, kernelSize: 3, strides: 2 })).toEqual([null, null, 5]);
  });

  it('says what is wrong', () => {
    expect(() => convTransposeOutputShape([1, 4, 4, 1], { filters: 1, kernelSize: 3, strides: 2, outputPadding: 2 }, 'up')).toThrow(
      new ConfigError('up: outputPadding must be less than the stride, 2; got 2'),
    );
    expect(() => convTransposeOutputShape([1, 4, 4, 1], { filters: 1, kernelSize: 3, outputPadding: [1] }, 'up')).toThrow(
      new ConfigError('up: outputPadding must be an integer, 0 or more, or 2 of them; got [1]'),
    );
  });
});
