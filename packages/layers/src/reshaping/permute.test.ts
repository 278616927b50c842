import { ConfigError, ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { permute } from './permute.js';

describeLayer('permute', () => permute({ dims: [2, 1] }), { inputShape: [2, 2, 3] });

describe('permute', () => {
  it('matches Keras', () => expectLayer(permute({ dims: [3, 1, 2] })).toMatchGolden('permute/image'));

  it('leaves integers what they are', () =>
    expect(tidy(() => permute({ dims: [1] }).apply(tensor([[3]], [1, 1], 'int32')).dtype)).toBe('int32'));

  it('needs each axis once', () =>
    expect(() => permute({ dims: [0, 1], name: 'p' })).toThrow(
      new ConfigError('permute "p": dims must be the axes of a sample, from 1, each once; got [0,1]'),
    ));

  it('needs as many axes as it exchanges', () =>
    expect(() => permute({ dims: [2, 1], name: 'p' }).computeOutputShape([null, 3])).toThrow(
      new ShapeError('permute "p" needs an input of rank 3; got rank 2, [null, 3]'),
    ));
});
