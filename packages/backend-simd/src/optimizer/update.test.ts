import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends, expectClose, sample } from '../kernel.testing.js';

const KERNEL = 'JogakOptimizerUpdate';

/** One weight's numbers: weight, gradient, slots. */
type Item = readonly Float32Array[];

/** All numbers as text, which compares faster than they do one by one. */
const bits = (items: readonly Item[]): string =>
  items
    .flat()
    .map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('latin1'))
    .join();

/** Runs the update, and returns what weights and slots are afterwards. Gradients are checked to be as they were. */
function update(backend: MathBackendCPU, backendName: string, rule: object, items: readonly Item[], decays: readonly number[]): Item[] {
  const inputs: NamedTensorInfoMap = {};
  const infos = items.map((item, index) =>
    item.map((values, position): TensorInfo => {
      const shape = [values.length];
      const info: TensorInfo = { dataId: backend.write(values.slice(), shape, 'float32'), shape, dtype: 'float32' };
      inputs[position === 0 ? `weight${index}` : position === 1 ? `gradient${index}` : `slot${index}_${position - 2}`] = info;
      return info;
    }),
  );
  const outputs = getKernel(KERNEL, backendName)!.kernelFunc({
    inputs,
    attrs: { rule, decays } as unknown as NamedAttrMap,
    backend,
  });
  expect(outputs).toEqual([]);
  const results = infos.map(item => item.map(({ dataId }) => (backend.readSync(dataId) as Float32Array).slice()));
  for (const { dataId } of infos.flat()) backend.disposeData(dataId);
  results.forEach((item, index) => {
    expect(bits([item.slice(1, 2)])).toBe(bits([items[index]!.slice(1, 2)]));
  });
  return results;
}

const adam = { name: 'adam', stepSize: 0.0074, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false };
const sgd = { name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false };
const rmsprop = { name: 'rmsprop', learningRate: 0.01, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false };
const positive = (values: Float32Array): Float32Array => values.map(Math.abs);
const same = (values: Float32Array): Float32Array => values;
/** Rules, and what makes each slot of them of numbers in [−1, 1). */
const rules: [name: string, rule: object, slots: ((values: Float32Array) => Float32Array)[]][] = [
  ['SGD', sgd, []],
  ['SGD with momentum', { ...sgd, momentum: 0.9 }, [same]],
  ['SGD with Nesterov momentum', { ...sgd, momentum: 0.9, nesterov: true }, [same]],
  ['Adam', adam, [same, positive]],
  ['Adam with AMSGrad', { ...adam, amsgrad: true }, [same, positive, positive]],
  ['RMSprop', rmsprop, [positive]],
  ['RMSprop with momentum', { ...rmsprop, momentum: 0.9 }, [positive, same]],
  ['RMSprop, centered', { ...rmsprop, centered: true }, [positive, same]],
  ['RMSprop, centered, with momentum', { ...rmsprop, centered: true, momentum: 0.9 }, [positive, same, same]],
  ['Adagrad', { name: 'adagrad', learningRate: 0.1, epsilon: 1e-7 }, [positive]],
];

/** Below, at and above a vector, a cache line and a chunk, and empty: chunks begin and end within weights, and hold several. */
const sizes = [1, 3, 0, 4, 5, 16, 17, 33, 8150, 8193, 7];
const decays = sizes.map((_, index) => (index % 3) * 0.05);

describe(KERNEL, () => {
  it.each(rules)(
    '%s: as on cpu, to four roundings of a step and one of a weight, the same bits on any number of threads',
    (_, rule, slots) => {
      const items = sizes.map((size, index) => [
        sample([size], 3 * index + 1).values as Float32Array,
        sample([size], 3 * index + 2).values as Float32Array,
        ...slots.map((make, position) => make(sample([size], 100 + 7 * index + position).values as Float32Array)),
      ]);
      const expected = update(new MathBackendCPU(), 'cpu', rule, items, decays);
      const results = backends.map(([, backend]) => update(backend, 'simd', rule, items, decays));
      results.forEach((weights, index) => {
        weights.forEach((item, weight) => {
          item.forEach((values, position) => {
            expectClose(values, expected[weight]![position]!, 2.5e-7, `${backends[index]![0]}, weight ${weight}, ${position}`);
          });
        });
      });
      expect(results[1]).toEqual(results[0]);
      expect(results[3]).toEqual(results[2]);
    },
  );

  it.each(rules)('%s: NaN and infinities as on cpu', (_, rule, slots) => {
    const items = [
      [
        Float32Array.of(1, 1, 1, NaN, Infinity, 1, 1),
        Float32Array.of(NaN, Infinity, -Infinity, 1, 1, 0, 1),
        ...slots.map(make => make(Float32Array.of(0, 0, 0, 1, 1, 0, NaN))),
      ],
    ];
    const [expected] = update(new MathBackendCPU(), 'cpu', rule, items, [0]);
    for (const [name, backend] of backends) {
      update(backend, 'simd', rule, items, [0])[0]!.forEach((values, position) => {
        expectClose(values, expected![position]!, 2.5e-7, `${name}, ${position}`);
      });
    }
  });

  it('leaves no memory in use, and does nothing without weights', () => {
    const [, backend] = backends[0]!;
    const before = backend.bytesInUse;
    update(backend, 'simd', adam, [], []);
    update(backend, 'simd', sgd, [[Float32Array.of(1), Float32Array.of(1)]], [0]);
    expect(backend.bytesInUse).toBe(before);
  });
});
