import { add, BatchMatMul, getKernel, registerKernel, tensor, tidy, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../engine.js';
import { registerCpuKernels } from './index.js';
import { originalKernel, registeredKernel } from './kernel.js';

afterEach(() => vi.restoreAllMocks());

describe('registerCpuKernels', () => {
  it('leaves everything as it is, and says nothing, when it has been called before', () => {
    const warn = vi.spyOn(console, 'warn');
    const before = registeredKernel('Conv2D');
    const original = originalKernel('Conv2D');
    registerCpuKernels();
    expect(registeredKernel('Conv2D')).toBe(before);
    expect(originalKernel('Conv2D')).toBe(original);
    expect(warn).not.toHaveBeenCalled();
  });

  it('survives a second tfjs, which registers its own kernels: they work, and ours can be put back', () =>
    tidy(() => {
      vi.spyOn(console, 'warn').mockReturnValue();
      const config = getKernel('Add', 'cpu')!;
      registerKernel({ ...config, kernelFunc: originalKernel('Add') });
      expect([...add(tensor([1, 2]), 1).dataSync()]).toEqual([2, 3]);
      registerCpuKernels();
      expect(registeredKernel('Add')).not.toBe(originalKernel('Add'));
      expect([...add(tensor([1, 2]), 1).dataSync()]).toEqual([2, 3]);
    }));

  it('passes over a kernel that the backend lacks', () => {
    const config = getKernel(BatchMatMul, 'cpu')!;
    unregisterKernel(BatchMatMul, 'cpu');
    registerCpuKernels();
    expect(() => registeredKernel(BatchMatMul)).toThrow(new Error('the cpu backend has no kernel BatchMatMul'));
    registerKernel(config);
  });
});
