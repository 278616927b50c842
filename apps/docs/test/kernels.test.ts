import { configureSimd, simdStatus } from '@jogak/backend-simd';
import * as tf from '@jogak/ops';
import { getKernel, grad, profile, setBackend, type Tensor, tensor } from '@jogak/ops';
import { beforeAll, describe, expect, it } from 'vitest';
import { load } from '../.vitepress/theme/kernels/kernels.data.js';

const rows = load();
const row = (op: string) => rows.find(found => found.op === op);

describe('the table of kernels', () => {
  beforeAll(async () => {
    configureSimd({ threads: 1 });
    await setBackend('simd');
    simdStatus();
  });

  it('has a row for every kernel that simd runs, its own and borrowed ones', () => {
    expect(rows.map(({ op }) => op)).toEqual([...new Set(tf.getKernelsForBackend('simd').map(({ kernelName }) => kernelName))].sort());
  });

  it("says of an op that has a gradient that it can be differentiated, and of one that has none that it can't", () => {
    const x = (): Tensor => tensor([[0.5, 0.25]]);
    expect(row('Tanh')).toMatchObject({ cpu: true, gradient: true });
    expect(grad(value => tf.sum(tf.tanh(value)))(x()).shape).toEqual([1, 2]);
    expect(row('Erf')?.gradient).toBe(true);
    expect(row('Bincount')?.gradient).toBe(false);
  });

  it('says own of the kernels that are not the function of cpu', () => {
    for (const { op, simd, cpu } of rows) expect([op, getKernel(op, 'simd') != null, cpu || simd === 'own']).toEqual([op, true, true]);
    expect(row('Conv2D')?.simd).toBe('own');
    expect(row('FFT')?.simd).toBe("cpu's");
  });

  it('names the kernels that a training step of a dense layer runs', async () => {
    const { kernelNames } = await profile(() => grad(w => tf.sum(tf.matMul(tensor([[1, 2]]), w)))(tensor([[1], [2]])));
    expect(kernelNames.filter(name => !row(name))).toEqual([]);
  });
});
