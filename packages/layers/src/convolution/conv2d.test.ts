import { ConfigError, isJogakError, ones, ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { conv2d } from './conv2d.js';

describeLayer('conv2d', () => conv2d({ filters: 2, kernelSize: [2, 3], strides: [1, 2], padding: 'same' }), {
  inputShape: [2, 3, 4, 2],
  weights: { kernel: [2, 3, 2, 2], bias: [2] },
});

describe('conv2d', () => {
  it('matches Keras without padding', () =>
    expectLayer(conv2d({ filters: 3, kernelSize: [3, 2], activation: 'tanh' })).toMatchGolden('conv2d/valid'));

  it('matches Keras with padding, the odd zero after', () => {
    expectLayer(conv2d({ filters: 2, kernelSize: 2, strides: [2, 1], padding: 'same' })).toMatchGolden('conv2d/same');
    expectLayer(conv2d({ filters: 2, kernelSize: 3, strides: 2, padding: 'same', useBias: false })).toMatchGolden('conv2d/sameStrides');
  });

  it('matches Keras dilated, of which tfjs has no gradient', () => {
    expectLayer(conv2d({ filters: 2, kernelSize: [2, 3], dilationRate: [3, 2] })).toMatchGolden('conv2d/dilated');
    expectLayer(conv2d({ filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'relu' })).toMatchGolden(
      'conv2d/dilatedSame',
    );
  });

  it('matches Keras in groups', () => expectLayer(conv2d({ filters: 4, kernelSize: 2, groups: 2 })).toMatchGolden('conv2d/groups'));

  it('takes pixels as integers', () => {
    tidy(() => {
      const layer = conv2d({ filters: 1, kernelSize: 1, kernelInitializer: 'ones' });
      const y = layer.apply(tensor([1, 2, 3, 4], [1, 2, 2, 1], 'int32'));
      expect([y.dtype, ...y.dataSync()]).toEqual(['float32', 1, 2, 3, 4]);
      layer.dispose();
    });
  });

  it('cannot have strides and dilation at once', () =>
    expect(() => conv2d({ filters: 1, kernelSize: 3, strides: 2, dilationRate: [1, 3], name: 'c' })).toThrow(
      new ConfigError('conv2d "c": strides [2, 2] and a dilation of [1, 3] cannot both be more than 1; set one of them to 1'),
    ));

  it('divides filters and channels among groups', () => {
    expect(() => conv2d({ filters: 3, kernelSize: 1, groups: 2, name: 'c' })).toThrow(
      new ConfigError('conv2d "c": filters must be a multiple of groups; got 3 filters and 2 groups'),
    );
    expect(() => conv2d({ filters: 4, kernelSize: 1, groups: 2, name: 'c' }).ensureBuilt([null, 4, 4, 3])).toThrow(
      new ShapeError('conv2d "c" cuts its input\'s channels into 2 groups; 3 cannot be divided so'),
    );
  });

  it('has its channels last', () => {
    try {
      conv2d({ filters: 1, kernelSize: 1, dataFormat: 'channelsFirst', name: 'c' });
      expect.unreachable();
    } catch (error) {
      expect(isJogakError(error, 'unsupported')).toBe(true);
      expect(error).toEqual(
        new ConfigError('conv2d "c": dataFormat must be "channelsLast", the only layout supported; got "channelsFirst"', {
          code: 'unsupported',
        }),
      );
    }
    expect(conv2d({ filters: 1, kernelSize: 1, dataFormat: 'channels_last' as 'channelsLast' }).config.dataFormat).toBe('channelsLast');
  });

  it('has no causal padding', () =>
    expect(() => conv2d({ filters: 1, kernelSize: 1, padding: 'causal' as 'same', name: 'c' })).toThrow(
      new ConfigError('conv2d "c": padding must be "valid" or "same"; got "causal"'),
    ));

  it('needs images', () =>
    expect(() => conv2d({ filters: 1, kernelSize: 1, name: 'c' }).computeOutputShape([null, 28, 28])).toThrow(
      new ShapeError('conv2d "c" needs an input of rank 4, [batch, height, width, channels]; got rank 3, [null, 28, 28]'),
    ));

  it('needs to know the channels', () =>
    expect(() => conv2d({ filters: 1, kernelSize: 1, name: 'c' }).ensureBuilt([null, 4, 4, null])).toThrow(
      new ShapeError('conv2d "c" needs to know the number of its input\'s channels; got [null, 4, 4, null]'),
    ));

  it('takes no other number of channels than it was built for', () => {
    const layer = conv2d({ filters: 1, kernelSize: 1, name: 'c' });
    layer.ensureBuilt([null, null, null, 3]);
    expect(() => layer.apply(ones([1, 4, 4, 1]))).toThrow(
      new ShapeError('conv2d "c" was built for inputs with 3 along axis -1; got 1, in [1, 4, 4, 1]'),
    );
    layer.dispose();
  });

  it('does not go over an input that is smaller than its kernel, even where that shows only in the call', () => {
    const error = new ShapeError('conv2d "c": a kernel of size 5 does not fit into an input of 4; use padding "same", or a smaller kernel');
    const layer = conv2d({ filters: 1, kernelSize: 5, name: 'c' });
    expect(() => layer.computeOutputShape([null, 4, 8, 1])).toThrow(error);
    layer.ensureBuilt([null, null, null, 1]);
    expect(() => layer.apply(ones([1, 4, 8, 1]))).toThrow(error);
    layer.dispose();
  });
});
