import { tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { flatten } from './flatten.js';

describeLayer('flatten', () => flatten(), { inputShape: [2, 3, 2] });

describe('flatten', () => {
  it('matches Keras', () => expectLayer(flatten()).toMatchGolden('flatten/image'));

  it('leaves integers what they are', () =>
    expect(tidy(() => flatten().apply(tensor([[[1], [2]]], [1, 2, 1], 'int32')).dtype)).toBe('int32'));

  it('knows its size as far as it can be known', () => expect(flatten().computeOutputShape([null, 3, null])).toEqual([null, null]));
});
