import { grad, sum, tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { getLoss } from './index.js';
import { references } from './references.testing.js';

/** Central differences of a function of one sample, in double precision. */
function differences(fn: (x: number[]) => number, x: readonly number[]): number[] {
  const step = 1e-5;
  return x.map((value, i) => {
    const moved = (by: number): number => fn(x.map((other, j) => (i === j ? value + by : other)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

// One target of 1, else 0: what every loss takes. Values are exact in single precision, and off every kink.
const yTrue = [0, 1, 0];
const probabilities = [
  [0.25, 0.625, 0.375],
  [0.75, 0.125, 0.5],
];
const numbers = [
  [0.75, -0.5, 1.625],
  [-2.25, 1.375, -0.375],
];
const anyNumber = new Set([
  'MeanSquaredError',
  'MeanAbsoluteError',
  'Huber',
  'LogCosh',
  'CosineSimilarity',
  'Hinge',
  'SquaredHinge',
  'CategoricalHinge',
]);

describe('the gradient of a loss', () => {
  it.each(Object.entries(references))('%s is what its values imply', (name, reference) => {
    const [className, logits] = name.split('/') as [string, string?];
    const loss = getLoss({ className, config: logits ? { fromLogits: true } : {} });
    // A percentage of 0, and the logarithm of a clipped 0, are past what differences can see.
    const targets = /Percentage|KL/.test(className) ? [0.25, 0.5, 0.75] : yTrue;
    for (const x of logits || anyNumber.has(className) ? numbers : probabilities) {
      const given = className.startsWith('Sparse') ? tensor([1], [1], 'int32') : tensor([targets]);
      const analytic = grad(yPred => sum(loss.call(given, yPred)))(tensor([x])).dataSync();
      for (const [i, n] of differences(p => reference(targets, p), x).entries()) {
        const a = analytic[i] as number;
        expect(Math.abs(a - n), `${name} at ${x}, output ${i}: ${a}, not ${n}`).toBeLessThanOrEqual(
          1e-3 * Math.max(1, Math.abs(a), Math.abs(n)),
        );
      }
    }
  });

  it('of an absolute error is 0 where a prediction is right', () => {
    const gradient = grad(yPred => sum(getLoss('mae').call(tensor([[1, 2]]), yPred)))(tensor([[1, 3]]));
    expect([...gradient.dataSync()]).toEqual([0, 0.5]);
  });
});
