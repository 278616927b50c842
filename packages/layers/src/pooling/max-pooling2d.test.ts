import { ConfigError, range, reshape, ShapeError, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { maxPooling2d } from './max-pooling2d.js';

describeLayer('maxPooling2d', () => maxPooling2d(), { inputShape: [2, 4, 4, 1] });

describe('maxPooling2d', () => {
  it('takes the largest of four', () => {
    const pooled = tidy(() =>
      maxPooling2d()
        .apply(reshape(range(1, 17), [1, 4, 4, 1]))
        .dataSync(),
    );
    expect([...pooled]).toEqual([6, 8, 14, 16]);
  });

  it('matches Keras', () => {
    expectLayer(maxPooling2d()).toMatchGolden('maxPooling2d/valid');
    expectLayer(maxPooling2d({ poolSize: [3, 2], strides: [2, 1], padding: 'same' })).toMatchGolden('maxPooling2d/same');
  });

  it('does not go over an image that is smaller than its window', () =>
    expect(() => maxPooling2d({ poolSize: 3, name: 'p' }).computeOutputShape([null, 2, 5, 1])).toThrow(
      new ShapeError('maxPooling2d "p": a kernel of size 3 does not fit into an input of 2; use padding "same", or a smaller kernel'),
    ));

  it('has its channels last', () =>
    expect(() => maxPooling2d({ dataFormat: 'channelsFirst', name: 'p' })).toThrow(
      new ConfigError('maxPooling2d "p": dataFormat must be "channelsLast", the only layout supported; got "channelsFirst"', {
        code: 'unsupported',
      }),
    ));
});
