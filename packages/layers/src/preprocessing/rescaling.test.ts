import { ConfigError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { rescaling } from './rescaling.js';

describeLayer('rescaling', () => rescaling({ scale: [2, 0.5, 1], offset: -1 }), { inputShape: [2, 3], mask: 'passes' });

describe('rescaling', () => {
  it('matches Keras on pixels and by channel', () => {
    expectLayer(rescaling({ scale: 1 / 255 })).toMatchGolden('rescaling/pixels');
    expectLayer(rescaling({ scale: [0.5, 2], offset: [-1, 0.25] })).toMatchGolden('rescaling/channels');
  });

  it('needs numbers', () =>
    expect(() => rescaling({ scale: Number.NaN, name: 'r' })).toThrow(
      new ConfigError('rescaling "r": scale must be a number, or one for each channel; got NaN'),
    ));
});
