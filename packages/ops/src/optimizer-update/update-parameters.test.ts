import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  clone,
  copyRegisteredKernels,
  engine,
  memory,
  registerBackend,
  removeBackend,
  reshape,
  setBackend,
  type Tensor,
  tensor,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { Parameter } from '../index.js';
import { OPTIMIZER_UPDATE, type UpdateRule, updateParameters } from './index.js';

const kept: { dispose(): void }[] = [];
const keep = <T extends { dispose(): void }>(value: T): T => {
  kept.push(value);
  return value;
};
const parameter = (value: Tensor) => keep(new Parameter({ path: 'w', value }));
const read = ({ value }: Parameter) => [...value.dataSync()];
const sgd: UpdateRule = { name: 'sgd', learningRate: 0.5, momentum: 0, nesterov: false };

afterEach(() => {
  for (const value of kept.splice(0)) value.dispose();
});

/** The formulas of a rule's description, on one number. */
function textbook(rule: UpdateRule, w: number, g: number, slots: number[], decay: number): [w: number, slots: number[]] {
  const decayed = w * (1 - decay);
  const [first = 0, second = 0, third = 0] = slots;
  if (rule.name === 'sgd') {
    if (rule.momentum === 0) return [decayed - rule.learningRate * g, []];
    const m = rule.momentum * first - rule.learningRate * g;
    return [decayed + (rule.nesterov ? rule.momentum * m - rule.learningRate * g : m), [m]];
  }
  if (rule.name === 'adam') {
    const m = rule.beta1 * first + (1 - rule.beta1) * g;
    const v = rule.beta2 * second + (1 - rule.beta2) * g ** 2;
    const largest = Math.max(v, third);
    const root = Math.sqrt(rule.amsgrad ? largest : v) + rule.epsilon;
    return [decayed - (rule.stepSize * m) / root, rule.amsgrad ? [m, v, largest] : [m, v]];
  }
  if (rule.name === 'adagrad') return [decayed - (rule.learningRate * g) / Math.sqrt(first + g ** 2 + rule.epsilon), [first + g ** 2]];
  const v = rule.rho * first + (1 - rule.rho) * g ** 2;
  const a = rule.rho * (rule.momentum === 0 ? second : third) + (1 - rule.rho) * g;
  const u = (rule.learningRate * g) / Math.sqrt((rule.centered ? v - a ** 2 : v) + rule.epsilon);
  if (rule.momentum === 0) return [decayed - u, rule.centered ? [v, a] : [v]];
  const m = rule.momentum * second + u;
  return [decayed - m, rule.centered ? [v, m, a] : [v, m]];
}

const adam = { name: 'adam', stepSize: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 } as const;
const rmsprop = { name: 'rmsprop', learningRate: 0.1, rho: 0.8, epsilon: 1e-3 } as const;
const rules: [name: string, rule: UpdateRule, slots: number[]][] = [
  ['sgd', sgd, []],
  ['sgd with momentum', { ...sgd, momentum: 0.9 }, [0.5]],
  ['sgd, Nesterov', { ...sgd, momentum: 0.9, nesterov: true }, [0.5]],
  ['adam', { ...adam, amsgrad: false }, [0.5, 0.25]],
  ['adam, AMSGrad', { ...adam, amsgrad: true }, [0.5, 0.25, 2]],
  ['rmsprop', { ...rmsprop, momentum: 0, centered: false }, [4]],
  ['rmsprop with momentum', { ...rmsprop, momentum: 0.9, centered: false }, [4, 0.5]],
  ['rmsprop, centered', { ...rmsprop, momentum: 0, centered: true }, [4, 0.5]],
  ['rmsprop, centered, with momentum', { ...rmsprop, momentum: 0.9, centered: true }, [4, 0.5, 0.25]],
  ['adagrad', { name: 'adagrad', learningRate: 0.1, epsilon: 1e-3 }, [0.5]],
];

describe('updateParameters', () => {
  it.each(rules)('%s: the formulas, over several weights of odd sizes', (_name, rule, slotValues) => {
    const items = [1, 3, 33].map((size, index) => {
      const filled = (value: number) => keep(tensor(new Float32Array(size).fill(value)));
      const gradient = keep(tensor(Float32Array.from({ length: size }, (_, i) => (i % 7) - 2.5)));
      return {
        parameter: parameter(filled(index - 1)),
        gradient,
        slots: slotValues.map(value => parameter(filled(value))),
        decay: index / 8,
      };
    });
    expect(updateParameters(rule, items)).toBe(true);
    items.forEach(({ parameter, gradient, slots, decay }, index) => {
      gradient.dataSync().forEach((g, i) => {
        const [w, slot] = textbook(rule, index - 1, g, slotValues, decay);
        // One rounding to single precision for each value.
        expect(Math.abs((read(parameter)[i] as number) - w)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(w)));
        slot.forEach((value, position) => {
          expect(Math.abs((read(slots[position]!)[i] as number) - value)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(value)));
        });
      });
    });
  });

  it('writes in place once the buffer is its own, and leaves no tensor', () => {
    const weight = parameter(keep(tensor([1, 2])));
    const gradient = keep(tensor([1, 1]));
    const step = () => updateParameters(sgd, [{ parameter: weight, gradient, slots: [] }]);
    step();
    const { dataId } = weight.value;
    const before = memory().numTensors;
    step();
    expect(weight.value.dataId).toBe(dataId);
    expect(memory().numTensors).toBe(before);
    expect(read(weight)).toEqual([0, 1]);
  });

  it('changes no value that someone else holds', () => {
    const array = Float32Array.of(1, 2);
    const weight = parameter(keep(tensor(array)));
    const gradient = keep(tensor([1, 1]));
    const step = () => updateParameters(sgd, [{ parameter: weight, gradient, slots: [] }]);
    const copy = keep(clone(weight.value));
    step();
    expect([...array]).toEqual([1, 2]);
    const reshaped = keep(reshape(weight.value, [2, 1]));
    step();
    expect([...copy.dataSync()]).toEqual([1, 2]);
    expect([...reshaped.dataSync()]).toEqual([0.5, 1.5]);
    expect(read(weight)).toEqual([0, 1]);
    expect([...gradient.dataSync()]).toEqual([1, 1]);
  });

  it('does nothing, and says so, on a backend without the kernel', () => {
    const before = engine().backendName;
    registerBackend('no-kernel', () => new MathBackendCPU());
    copyRegisteredKernels('cpu', 'no-kernel');
    unregisterKernel(OPTIMIZER_UPDATE, 'no-kernel');
    setBackend('no-kernel');
    const weight = parameter(keep(tensor([1])));
    const gradient = keep(tensor([1]));
    expect(updateParameters(sgd, [{ parameter: weight, gradient, slots: [] }])).toBe(false);
    expect(read(weight)).toEqual([1]);
    for (const value of kept.splice(0)) value.dispose();
    setBackend(before);
    removeBackend('no-kernel');
  });
});
