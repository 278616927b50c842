import { ones, ShapeError, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { conv1d } from './conv1d.js';

describeLayer('conv1d', () => conv1d({ filters: 3, kernelSize: 2 }), { inputShape: [2, 5, 2], weights: { kernel: [2, 2, 3], bias: [3] } });

describe('conv1d', () => {
  it('matches Keras', () => {
    expectLayer(conv1d({ filters: 3, kernelSize: 2 })).toMatchGolden('conv1d/valid');
    expectLayer(conv1d({ filters: 3, kernelSize: [4], strides: 2, padding: 'same', activation: 'relu' })).toMatchGolden('conv1d/same');
    expectLayer(conv1d({ filters: 4, kernelSize: 3, groups: 2 })).toMatchGolden('conv1d/groups');
  });

  it('matches Keras causally, dilated or in strides', () => {
    expectLayer(conv1d({ filters: 2, kernelSize: 3, padding: 'causal', dilationRate: 2 })).toMatchGolden('conv1d/causal');
    expectLayer(conv1d({ filters: 2, kernelSize: 3, padding: 'causal', strides: 2, useBias: false })).toMatchGolden('conv1d/causalStrides');
  });

  it('correlates: the kernel is not turned around', () => {
    tidy(() => {
      const layer = conv1d({ filters: 1, kernelSize: 4, useBias: false, weights: [tensor([2, 1, 5, 3], [4, 1, 1])] });
      const y = layer.apply(tensor([2, 8, 3, 7, 1, 2, 0, 4, 5], [1, 9, 1]));
      expect([...y.dataSync()]).toEqual([48, 57, 24, 25, 16, 39]);
      layer.dispose();
    });
  });

  it('does not go over fewer steps than its kernel has, dilated', () => {
    const layer = conv1d({ filters: 1, kernelSize: 3, dilationRate: 2, name: 'c' });
    expect(() => layer.apply(ones([1, 4, 1]))).toThrow(
      new ShapeError(
        'conv1d "c": a kernel of size 3, dilated to 5, does not fit into an input of 4; use padding "same", or a smaller kernel',
      ),
    );
  });
});
