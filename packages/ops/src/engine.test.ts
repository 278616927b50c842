import { describe, expect, it } from 'vitest';
import * as ops from './index.js';

describe('the engine', () => {
  it('has gradients in plain Node: d/dx (x³ + 2x + 5) = 3x² + 2', () => {
    const before = ops.memory().numTensors;
    ops.tidy(() => {
      const f = (x: ops.Tensor): ops.Tensor => ops.add(ops.add(ops.pow(x, ops.scalar(3, 'int32')), ops.mul(x, 2)), 5);
      expect([
        ...ops
          .grad(f)(ops.tensor1d([1, 2, 3]))
          .dataSync(),
      ]).toEqual([5, 14, 29]);
    });
    expect(ops.memory().numTensors).toBe(before);
  });

  it('runs on cpu unless told otherwise', () => expect(ops.getBackend()).toBe('cpu'));

  it('knows which kernels the backend has', () => {
    expect(ops.hasKernel('Relu')).toBe(true);
    expect(ops.hasKernel('NoSuchKernel')).toBe(false);
  });
});
