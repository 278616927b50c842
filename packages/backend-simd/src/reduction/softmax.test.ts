import { describe, it } from 'vitest';
import { expectResults, expectSameAsCpu, floats, sample, type Values } from '../kernel.testing.js';

const shapes = [[1, 1], [3], [32, 10], [5, 31], [7, 33], [2, 3, 4, 5], [3, 5001], [0, 4]];

/** Logits up to ±20. */
const logits = (shape: readonly number[]): Values =>
  floats(
    sample(shape, 4).values.map(value => 20 * value),
    shape,
  );

/** Row by row, in float64. */
function byRow(x: Values, f: (row: number[]) => number[]): Values {
  const columns = x.shape.at(-1)!;
  const rows = Array.from({ length: x.values.length / columns }, (_, row) => f([...x.values.slice(row * columns, (row + 1) * columns)]));
  return floats(rows.flat(), x.shape);
}

function softmaxOf(row: number[]): number[] {
  const largest = Math.max(...row);
  const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
  return row.map(value => Math.exp(value - largest) / sum);
}

describe('Softmax and LogSoftmax', () => {
  it('are those of float64 to 1e-6 and to 5e-7 of their size', () => {
    for (const shape of shapes) {
      const x = logits(shape);
      expectResults('Softmax', { logits: x }, { dim: shape.length - 1 }, [byRow(x, softmaxOf)], 1e-6);
      const logs = byRow(x, row => {
        const largest = Math.max(...row);
        const logSum = largest + Math.log(row.reduce((total, value) => total + Math.exp(value - largest), 0));
        return row.map(value => value - logSum);
      });
      expectResults('LogSoftmax', { logits: x }, { axis: shape.length - 1 }, [logs], 5e-7);
    }
  });

  it('do not overflow, and are NaN where cpu is', () => {
    for (const row of [
      [1000, -1000, 999, 0, 1],
      [-Infinity, 1, 2, 3, 4],
      [NaN, 1, 2, 3, 4],
      [Infinity, 1, 2, 3, 4],
      [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
    ])
      expectSameAsCpu('Softmax', { logits: floats(row, [1, 5]) }, { dim: 1 }, 1e-6);
  });
});

describe('JogakSoftmaxGrad', () => {
  it('is y · (dy − Σ y · dy), to 1e-6', () => {
    for (const shape of shapes) {
      const y = byRow(logits(shape), softmaxOf);
      const dy = sample(shape, 9);
      const columns = shape.at(-1)!;
      const expected = dy.values.map((value, i) => {
        const first = i - (i % columns);
        let sum = 0;
        for (let j = first; j < first + columns; j++) sum += y.values[j]! * dy.values[j]!;
        return y.values[i]! * (value - sum);
      });
      expectResults('JogakSoftmaxGrad', { y, dy }, {}, [floats(expected, shape)], 1e-6);
    }
  });
});
