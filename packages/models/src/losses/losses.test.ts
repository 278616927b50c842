import { readFileSync } from 'node:fs';
import { grad, memory, sum, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { getLoss, lossSum, weightedSum } from './index.js';

interface Values {
  shape: number[];
  values: number[];
}

interface Case {
  className: string;
  options: Record<string, never>;
  yTrue: Values;
  yPred: Values;
  values: Values;
  /** Null where Keras' is NaN. */
  gradient: number[] | null;
}

interface Reduction {
  values: Values;
  weights: Values | null;
  mask: Values | null;
  mean: number;
}

/** Values of Keras, made by tools/golden/losses.py. */
const golden: { cases: Record<string, Case>; reductions: Reduction[] } = JSON.parse(
  readFileSync(new URL('../../../../tools/golden/losses.json', import.meta.url), 'utf8'),
);

const toTensor = ({ values, shape }: Values, dtype: 'float32' | 'int32' | 'bool' = 'float32'): Tensor => tensor(values, shape, dtype);
const lossOf = ({ className, options }: Case) => getLoss({ className, config: options });
const targetsOf = ({ className, yTrue }: Case): Tensor => toTensor(yTrue, className.startsWith('Sparse') ? 'int32' : 'float32');

/** Each within 1e-5 of Keras', relative where it is more than 1: both compute in single precision. */
function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value), `element ${i}: ${actual[i]}, not ${value}`).toBeLessThanOrEqual(
      1e-5 * Math.max(1, Math.abs(value)),
    );
  }
}

describe('losses', () => {
  it.each(Object.entries(golden.cases))('%s has the values of Keras', (_name, example) => {
    const values = lossOf(example).call(targetsOf(example), toTensor(example.yPred));
    // Of a last axis of 1 that only one of both has, Keras' values keep what is left; ours are one for each sample and step.
    expect(values.shape).toEqual(example.values.shape);
    expectClose(values.dataSync(), example.values.values);
  });

  it.each(Object.entries(golden.cases))('%s has the gradient of Keras', (_name, example) => {
    const targets = targetsOf(example);
    const gradient = grad(yPred => sum(lossOf(example).call(targets, yPred)))(toTensor(example.yPred));
    if (example.gradient) expectClose(gradient.dataSync(), example.gradient);
    else expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it.each(Object.entries(golden.cases))('%s leaves no tensor behind', (_name, example) => {
    const [targets, predictions] = [targetsOf(example), toTensor(example.yPred)];
    const step = () => {
      lossOf(example).call(targets, predictions).dispose();
      lossOf(example).computeMask(targets, predictions)?.dispose();
      const { sum: total, count } = lossSum(lossOf(example), targets, predictions, null, null);
      total.dispose();
      if (typeof count !== 'number') count.dispose();
    };
    step();
    const before = memory().numTensors;
    step();
    step();
    expect(memory().numTensors).toBe(before);
  });
});

describe('weightedSum', () => {
  it.each(golden.reductions.map((reduction, index) => [index, reduction] as const))(
    'reduction %i is the mean of Keras',
    (_index, reduction) => {
      tidy(() => {
        const weights = reduction.weights && toTensor(reduction.weights);
        const mask = reduction.mask && toTensor(reduction.mask, 'bool');
        const { sum: total, count } = weightedSum(toTensor(reduction.values), weights, mask);
        const divisor = typeof count === 'number' ? count : (count.dataSync()[0] as number);
        expectClose([divisor === 0 ? 0 : (total.dataSync()[0] as number) / divisor], [reduction.mean]);
      });
    },
  );
});
