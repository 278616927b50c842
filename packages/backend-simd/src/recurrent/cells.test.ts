import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends, expectSameAsCpu, floats, runKernel, sample } from '../kernel.testing.js';
import { type CellUnderTest, expectCellAsOnCpu } from './cells.testing.js';
import { entriesOf } from './entries.js';

const cells: [name: string, cell: CellUnderTest][] = [
  ['simpleRnn', { op: 'JogakSimpleRnn', blocks: 1 }],
  ['LSTM', { op: 'JogakLstm', blocks: 4 }],
  ['GRU, reset after', { op: 'JogakGru', blocks: 3, resetAfter: true }],
  ['GRU, reset before', { op: 'JogakGru', blocks: 3, resetAfter: false }],
];

describe.each(cells)('%s', (_, cell) => {
  const expectSame = (run: Parameters<typeof expectCellAsOnCpu>[1], tolerance = 1e-5): void => expectCellAsOnCpu(cell, run, tolerance);

  it('is as on cpu, with its gradients, to 1e-5: one of everything, odd sizes, below, at and above panels and blocks of rows', () => {
    expectSame({ batch: 1, steps: 1, features: 1, units: 1 });
    expectSame({ batch: 3, steps: 5, features: 3, units: 5, goBackwards: true });
    expectSame({ batch: 8, steps: 4, features: 4, units: 8 });
    expectSame({ batch: 9, steps: 3, features: 33, units: 7 });
    expectSame({ batch: 33, steps: 2, features: 5, units: 31 });
    expectSame({ batch: 17, steps: 20, features: 32, units: 32 });
  });

  it('is so where the kernel is too large to be multiplied as the steps go, to 2e-5', () => {
    const units = cell.blocks === 1 ? 130 : 66;
    expectSame({ batch: 5, steps: 3, features: 150, units }, 2e-5);
    expectSame({ batch: 2, steps: 2, features: 3, units, goBackwards: true }, 2e-5);
  });

  it('carries the state over at masked steps', () => {
    expectSame({ batch: 5, steps: 6, features: 3, units: 6, masked: true });
    expectSame({ batch: 12, steps: 7, features: 4, units: 8, masked: true, goBackwards: true });
  });

  it('gathers rows of the kernel for rows of x with one entry or none', () => {
    expectSame({ batch: 3, steps: 4, features: 6, units: 5, x: 'oneHot' });
    expectSame({ batch: 32, steps: 10, features: 100, units: 32, x: 'oneHot' });
    expectSame({ batch: 2, steps: 4, features: 2, units: 20, x: 'oneHot', goBackwards: true });
  });

  it('takes the rows of the kernel that ids name, and none for an id that is no row', () => {
    expectSame({ batch: 3, steps: 4, features: 6, units: 5, x: 'ids' });
    expectSame({ batch: 17, steps: 10, features: 100, units: 8, x: 'ids' });
    expectSame({ batch: 2, steps: 4, features: 2, units: 20, x: 'ids', goBackwards: true, masked: true });
  });

  it('knows all activations', () => {
    for (const activation of ['linear', 'relu', 'tanh', 'sigmoid', 'hardSigmoid'] as const) {
      expectSame({ batch: 3, steps: 4, features: 3, units: 6, activation, recurrentActivation: 'sigmoid' }, 1e-5);
      expectSame({ batch: 3, steps: 4, features: 3, units: 6, activation: 'tanh', recurrentActivation: activation }, 1e-5);
    }
  });

  it('takes an empty batch, and steps without features', () => {
    expectSame({ batch: 0, steps: 2, features: 3, units: 3 });
    expectSame({ batch: 2, steps: 2, features: 0, units: 3 });
  });

  it('lets NaN and infinities through, also where a 0 of one-hot rows meets them in the kernel', () => {
    const columns = cell.blocks * 3;
    const kernel = sample([4, columns], 2);
    (kernel.values as Float32Array)[columns + 1] = NaN;
    expectSame({ batch: 2, steps: 3, features: 4, units: 3, x: 'oneHot', kernel });
    const x = sample([2, 3, 4], 1);
    (x.values as Float32Array).set([NaN], 3);
    expectSame({ batch: 2, steps: 3, features: 4, units: 3, x });
  });
});

it('vectors that OneHot made are known without a search, ids out of range as rows of zeros', () => {
  const [vectors] = expectSameAsCpu(
    'OneHot',
    { indices: { shape: [1, 3], dtype: 'int32', values: Int32Array.of(2, -1, 0) } },
    { depth: 3, onValue: 1, offValue: 0, dtype: 'float32' },
  );
  for (const [, backend] of backends) {
    const indices = backend.write(Int32Array.of(2, -1, 0), [1, 3], 'int32');
    const before = backend.bytesInUse;
    const run = (name: string, inputs: object, attrs: object): TensorInfo =>
      getKernel(name, 'simd')!.kernelFunc({ inputs: inputs as NamedTensorInfoMap, attrs: attrs as NamedAttrMap, backend }) as TensorInfo;
    const x = run(
      'OneHot',
      { indices: { dataId: indices, shape: [1, 3], dtype: 'int32' } },
      { depth: 3, onValue: 1, offValue: 0, dtype: 'float32' },
    );
    const found = entriesOf(backend, x)!;
    expect([...backend.ints(found.indices, 3)]).toEqual([2, -1, 0]);
    const product = run('JogakInputKernelGrad', { x, dProjection: x }, {});
    expect([...(backend.readSync(product.dataId) as Float32Array)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect([...(backend.readSync(x.dataId) as Float32Array)]).toEqual([...vectors!.values]);
    for (const { dataId } of [x, product]) backend.disposeData(dataId);
    expect(backend.bytesInUse).toBe(before);
    backend.disposeData(indices);
  }
});

describe('activations of the cells', () => {
  // One step from no state: its output is the activation of the row of the kernel.
  const numbers = Float32Array.from({ length: 4001 }, (_, i) => Math.sinh((i - 2000) / 400) / 3);
  const activationOf = (activation: string, values: Float32Array): readonly (readonly number[])[] => {
    const [rows, one] = [values.length, floats([0], [1, 1])];
    const step = {
      x: { shape: [rows, 1], dtype: 'int32' as const, values: Int32Array.from(values.keys()) },
      kernel: floats(values, [rows, 1]),
      recurrentKernel: one,
      bias: floats([0], [1]),
      initialState: floats(new Float32Array(rows), [rows, 1]),
      mask: { shape: [0], dtype: 'bool' as const, values: new Uint8Array(0) },
    };
    return backends.map(([, backend]) => {
      const outputs = runKernel(backend, 'simd', 'JogakSimpleRnn', step, { activation, goBackwards: false, forGradient: false });
      return [...outputs[0]!.values];
    });
  };

  it('tanh is exact to 4e-7, relative to the value', () => {
    for (const values of activationOf('tanh', numbers)) {
      const errors = values.map((value, i) => (numbers[i] === 0 ? Math.abs(value) : Math.abs(value / Math.tanh(numbers[i]!) - 1)));
      expect(Math.max(...errors)).toBeLessThan(4e-7);
    }
  });

  it('sigmoid is exact to 2e-7, and from 0 to 1', () => {
    for (const values of activationOf('sigmoid', numbers)) {
      expect(Math.max(...values.map((value, i) => Math.abs(value - 1 / (1 + Math.exp(-numbers[i]!)))))).toBeLessThan(2e-7);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
    }
  });

  it('their values far out are those at infinity, and NaN stays', () => {
    const far = Float32Array.of(Infinity, -Infinity, 1e30, -1e30, NaN);
    for (const values of activationOf('tanh', far)) expect(values).toEqual([1, -1, 1, -1, NaN]);
    for (const values of activationOf('sigmoid', far)) expect(values).toEqual([1, 0, 1, 0, NaN]);
  });
});

describe('JogakInputKernelGrad', () => {
  it('multiplies where a gradient is not finite, so that its products with zeros are NaN', () => {
    const x = floats([1, 0, 0, 1], [1, 2, 2]);
    const [sums] = expectSameAsCpu('JogakInputKernelGrad', { x, dProjection: floats([Infinity, 2, 3, 4], [1, 2, 2]) });
    expect([...sums!.values]).toEqual([Infinity, 2, NaN, 4]);
  });
});
