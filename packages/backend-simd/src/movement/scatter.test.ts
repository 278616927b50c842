import { cast, gatherND, scatterND, setBackend, tensor, tensorScatterUpdate, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { backends, expectResults, expectSameAsCpu, floats, runKernel, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** Indices of `count` places along axes of these sizes; some places come twice. */
function places(sizes: readonly number[], count: number): Values {
  const columns = sizes.map((size, axis) => sampleIntegers([count], size, 'int32', 3 + axis).values);
  const values = Int32Array.from({ length: count * sizes.length }, (_, i) => columns[i % sizes.length]![Math.floor(i / sizes.length)]!);
  return { shape: [count, sizes.length], dtype: 'int32', values };
}

/** A tensor's shape, how many of its axes are indexed, and at how many places. */
const cases: readonly (readonly [shape: readonly number[], depth: number, count: number])[] = [
  [[1], 1, 1],
  [[7], 1, 5],
  [[5, 3], 1, 9],
  [[5, 3], 2, 33],
  [[4, 5, 31], 2, 40],
  [[3, 4, 5, 17], 1, 6],
  [[300, 70], 1, 501],
  [[2, 9001], 1, 3],
];

describe('GatherNd', () => {
  it('is that of cpu, of float32 and int32', () => {
    for (const [shape, depth, count] of cases) {
      const indices = places(shape.slice(0, depth), count);
      for (const params of [sample(shape), sampleIntegers(shape, 99)]) expectSameAsCpu('GatherNd', { params, indices });
    }
    expectSameAsCpu('GatherNd', { params: floats([NaN, Infinity, -Infinity, 1], [2, 2]), indices: places([2, 2], 8) });
  });

  it('takes indices of any rank', () => {
    const indices: Values = { shape: [2, 2, 1], dtype: 'int32', values: Int32Array.of(1, 0, 2, 2) };
    expectSameAsCpu('GatherNd', { params: sample([3, 5]), indices });
  });
});

describe('ScatterNd', () => {
  it('adds up what comes to one place, in its order', () => {
    for (const [shape, depth, count] of cases) {
      const indices = places(shape.slice(0, depth), count);
      const updates = sample([count, ...shape.slice(depth)], 7);
      // cpu rounds after each addition too.
      expectSameAsCpu('ScatterNd', { indices, updates }, { shape });
      expectSameAsCpu('ScatterNd', { indices, updates: sampleIntegers(updates.shape, 9) }, { shape });
    }
  });

  it('has NaN and infinities where they are scattered to', () => {
    const indices: Values = { shape: [4, 1], dtype: 'int32', values: Int32Array.of(0, 2, 2, 0) };
    const updates = floats([NaN, Infinity, -Infinity, 1]);
    expectResults('ScatterNd', { indices, updates }, { shape: [4] }, [floats([NaN, 0, NaN, 0])], 0);
  });
});

describe('TensorScatterUpdate', () => {
  it('puts the last of what comes to one place there, and leaves its input alone', () => {
    for (const [shape, depth, count] of cases) {
      const indices = places(shape.slice(0, depth), count);
      for (const [tensor, updates] of [
        [sample(shape), sample([count, ...shape.slice(depth)], 7)],
        [sampleIntegers(shape, 99), sampleIntegers([count, ...shape.slice(depth)], 99, 'int32', 5)],
      ] as const)
        expectSameAsCpu('TensorScatterUpdate', { tensor, indices, updates });
    }
  });
});

describe('an index outside', () => {
  const indices: Values = { shape: [2, 2], dtype: 'int32', values: Int32Array.of(1, 1, 2, 3) };
  const negative: Values = { shape: [1, 2], dtype: 'int32', values: Int32Array.of(0, -1) };

  it.each<[string, Record<string, Values>, object]>([
    ['GatherNd', { params: sample([3, 3]) }, {}],
    ['ScatterNd', { updates: sample([2]) }, { shape: [3, 3] }],
    ['TensorScatterUpdate', { tensor: sample([3, 3]), updates: sample([2]) }, {}],
  ])('is named by %s as by cpu', (kernelName, inputs, attrs) => {
    for (const [, backend] of backends) {
      expect(() => runKernel(backend, 'simd', kernelName, { ...inputs, indices }, attrs)).toThrow(
        'Invalid indices: 2,3 does not index into 3,3',
      );
      expect(() => runKernel(backend, 'simd', kernelName, { ...inputs, indices: negative }, attrs)).toThrow('Invalid indices: 0,-1');
    }
  });

  it('is found among those that a kernel has made, too', async () => {
    await setBackend('simd');
    tidy(() => {
      const x = tensor(sample([3, 5]).values, [3, 5]);
      const updates = tensor(sample([2, 5], 4).values, [2, 5]);
      const made = (...rows: number[]) => cast(tensor(rows, [rows.length, 1]), 'int32');
      const values = [...sample([3, 5]).values];
      expect([...gatherND(x, made(2, 0)).dataSync()]).toEqual([...values.slice(10), ...values.slice(0, 5)]);
      expect([...scatterND(made(2, 0), updates, [3, 5]).dataSync()].slice(10)).toEqual([...sample([2, 5], 4).values.slice(0, 5)]);
      expect(() => gatherND(x, made(1, 3))).toThrow('Invalid indices: 3 does not index into 3,5');
      expect(() => scatterND(made(-1, 0), updates, [3, 5])).toThrow('Invalid indices: -1 does not index into 3,5');
      expect(() => tensorScatterUpdate(x, made(0, 3), updates)).toThrow('Invalid indices: 3 does not index into 3,5');
    });
    await setBackend('cpu');
  });
});

describe('FlipLeftRight', () => {
  it('is that of cpu', () => {
    for (const shape of [
      [1, 1, 1, 1],
      [2, 3, 5, 3],
      [1, 4, 33, 1],
      [2, 2, 2, 40],
    ])
      expectSameAsCpu('FlipLeftRight', { image: sample(shape) });
  });
});
