import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  add,
  backend,
  concat,
  engine,
  exp,
  findBackend,
  getBackend,
  matMul,
  memory,
  mul,
  ones,
  registerBackend,
  removeBackend,
  reshape,
  setBackend,
  sum,
  tensor,
  tensor1d,
  tidy,
  time,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import '@jogak/ops';
import { configureSimd, ready, type SimdError, type SimdOptions, simdStatus } from './index.js';
import { hasRelaxedSimd } from './kernels-module.js';

afterEach(() => configureSimd({}));
afterAll(() => setBackend('cpu'));

const codeAndText = (code: string, message: string): SimdError => expect.objectContaining({ code, message }) as SimdError;

describe('the backend simd', () => {
  it('is chosen above cpu by a program that chooses none', () => {
    removeBackend('simd');
    expect(backend()).toBe(findBackend('cpu'));
    configureSimd({});
    removeBackend('cpu');
    registerBackend('cpu', () => new MathBackendCPU(), 1);
    expect(sum(add(ones([3, 5]), 1)).dataSync()).toEqual(Float32Array.of(30));
    expect(getBackend()).toBe('simd');
  });

  it('tells its threads, kernels and memory', async () => {
    configureSimd({ threads: 3 });
    const before = await ready();
    expect(before).toEqual({
      kernels: hasRelaxedSimd() ? 'relaxed' : 'plain',
      threads: 3,
      deterministic: false,
      memoryBytes: 64 * 65536,
      bytesInUse: 0,
    });
    await setBackend('simd');
    const x = ones([1000]);
    expect(simdStatus().bytesInUse).toBe(4096);
    x.dispose();
    expect(simdStatus().bytesInUse).toBe(0);
  });

  it('does not grow its memory over 10,000 steps', async () => {
    configureSimd({});
    await setBackend('simd');
    const step = (n: number): void => tidy(() => void sum(add(ones([20 + (n % 7), 100]), exp(zeros([100])))));
    for (let n = 0; n < 20; n++) step(n);
    const { memoryBytes, bytesInUse } = simdStatus();
    const { numTensors } = memory();
    for (let n = 0; n < 10_000; n++) step(n);
    expect(simdStatus()).toMatchObject({ memoryBytes, bytesInUse });
    expect(memory().numTensors).toBe(numTensors);
  });

  it('says why it cannot start, to a program that goes on with the next backend, too', async () => {
    vi.stubEnv('JOGAK_THREADS', '0');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      configureSimd({});
      expect(await setBackend('simd')).toBe(false);
      const text = 'JOGAK_THREADS must be a whole number from 1 to 64; got 0';
      expect(warn).toHaveBeenCalledWith(`The simd backend cannot start: ${text}.`);
      expect(() => simdStatus()).toThrow(text);
    } finally {
      vi.unstubAllEnvs();
      warn.mockRestore();
    }
    configureSimd({});
    expect(await setBackend('simd')).toBe(true);
  });

  it('says so when its memory is full, and goes on when there is room again', async () => {
    configureSimd({ maximumMemory: 2 ** 23 });
    await setBackend('simd');
    const large = ones([1_500_000]);
    expect(() => ones([1_000_000])).toThrow(
      codeAndText(
        'SIMD_MEMORY',
        'no room for 4.0 MiB: 6.0 MiB are in use, and the memory may grow to 8.0 MiB; dispose tensors, or take smaller batches',
      ),
    );
    large.dispose();
    expect(sum(ones([1_000_000])).dataSync()[0]).toBe(1_000_000);
  });

  it('hands out copies: what a program does to them changes no tensor', async () => {
    configureSimd({});
    await setBackend('simd');
    const given = Float32Array.of(1, 2, 3);
    const x = tensor1d(given);
    given[0] = 9;
    const values = x.dataSync();
    values[1] = 9;
    expect(Array.from(x.dataSync())).toEqual([1, 2, 3]);
    expect(values.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('lets no tensor that is written later get into the way of kernels that are yet to run', async () => {
    configureSimd({ threads: 2 });
    await ready();
    await setBackend('simd');
    const size = 300_000;
    const results = Array.from({ length: 50 }, (_, n) => {
      const x = tensor1d(new Float32Array(size).fill(n));
      const y = tidy(() => sum(mul(exp(zeros([size])), x)));
      // Its place is free for the next one, whose values are written at once.
      x.dispose();
      return y;
    });
    expect(results.map(y => y.dataSync()[0])).toEqual(results.map((_, n) => n * size));
    for (const y of results) y.dispose();
  });

  it('reads a weight with the update that is yet to run, by whatever name, and what it was before it', async () => {
    configureSimd({ threads: 2 });
    await ready();
    await setBackend('simd');
    const size = 100_000;
    const weight = variable(zeros([size]));
    const shaped = reshape(weight, [100, 1000]);
    const gradient = ones([size]);
    const rule = { name: 'sgd', learningRate: 1, momentum: 0, nesterov: false };
    for (let step = 1; step <= 20; step++) {
      const before = tidy(() => mul(weight, 2));
      engine().runKernel('JogakOptimizerUpdate', { weight0: weight, gradient0: gradient }, { rule, decays: [0] } as never);
      expect((step % 2 ? weight : shaped).dataSync().every(value => value === -step)).toBe(true);
      expect(before.dataSync().every(value => value === 2 - 2 * step)).toBe(true);
      before.dispose();
    }
    for (const tensor of [weight, shaped, gradient]) tensor.dispose();
  });

  it('takes the time of kernels until they have run', async () => {
    configureSimd({ threads: 2 });
    await ready();
    await setBackend('simd');
    const x = ones([1000, 1000]);
    const begin = performance.now();
    const { kernelMs, wallMs } = await time(() => tidy(() => void matMul(x, x)));
    expect(kernelMs).toBeLessThanOrEqual(wallMs);
    expect(wallMs).toBeLessThanOrEqual(performance.now() - begin);
    // Two thousand million operations: no two threads do a thousand in a nanosecond.
    expect(kernelMs).toBeGreaterThan(2);
    x.dispose();
  });

  it('takes tensors from cpu and gives them back, with their values, dtypes and strings', async () => {
    configureSimd({});
    await setBackend('cpu');
    const before = [tensor([1.5, NaN]), tensor([1, -2], [2], 'int32'), tensor([true, false]), tensor(['조각', ''])];
    const read = (): unknown[] => before.map(x => Array.from(x.dataSync()));
    const expected = read();
    await setBackend('simd');
    const held = simdStatus().bytesInUse;
    for (const x of before) concat([x, x]).dispose();
    expect(simdStatus().bytesInUse).toBe(held + 3 * 64);
    expect(read()).toEqual(expected);
    await setBackend('cpu');
    for (const x of before) concat([x, x]).dispose();
    expect(read()).toEqual(expected);
    for (const x of before) x.dispose();
    expect(simdStatus().bytesInUse).toBe(held);
  });

  it('refuses, under deterministic, kernels that may differ from one machine to another, and runs the exact ones', async () => {
    configureSimd({ deterministic: true });
    await setBackend('simd');
    expect(simdStatus()).toMatchObject({ deterministic: true, kernels: 'plain' });
    expect(sum(ones([4])).dataSync()[0]).toBe(4);
    expect(() => engine().runKernel('Complex', {} as never)).toThrow(
      codeAndText(
        'SIMD_NOT_DETERMINISTIC',
        'Complex, with these shapes and types, has no kernel whose result is the same on every machine; leave deterministic off, or compute it otherwise',
      ),
    );
  });

  it.each<[object, string]>([
    [{ thread: 2 }, 'thread is no option of the simd backend; it has threads, deterministic, kernels, maximumMemory'],
    [{ threads: 0 }, 'threads must be a whole number from 1 to 64; got 0'],
    [{ threads: 1.5 }, 'threads must be a whole number from 1 to 64; got 1.5'],
    [{ deterministic: 1 }, 'deterministic must be true or false; got 1'],
    [{ kernels: 'fast' }, "kernels must be 'relaxed' or 'plain'; got \"fast\""],
    [
      { kernels: 'relaxed', deterministic: true },
      "kernels must be 'plain' where deterministic is true: relaxed SIMD rounds differently on different processors",
    ],
    [{ maximumMemory: 100 }, 'maximumMemory must be a whole number of bytes from 1048576 to 4294967296; got 100'],
  ])('refuses %o', (options, message) => {
    expect(() => configureSimd(options as SimdOptions)).toThrow(codeAndText('SIMD_OPTION', message));
  });
});
