import { customGrad, mul, square, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { inference } from '../base/call-context.js';
import { lambda } from '../core/lambda.js';
import { expectClose } from './close.testing.js';
import { numericalGradients, tapeGradients } from './gradients.testing.js';
import { outputWeight } from './values.testing.js';

describe('the gradients that layers are held against', () => {
  const x = tensor([0.3, -0.7, 1.1]);
  const wanted = [0.3, -0.7, 1.1].map((value, i) => 3 * value * value * outputWeight(i));

  it('are those of the mathematics, to five digits', () => {
    tidy(() => {
      const cube = lambda({ function: y => mul(y as Tensor, square(y as Tensor)) });
      expectClose(numericalGradients(cube, [x], false, inference).inputs[0] as Float32Array, wanted, 3e-5, 'numerical');
      expectClose(tapeGradients(cube, [x], false, inference).inputs[0] as Float32Array, wanted, 1e-6, 'tape');
    });
  });

  it('show a gradient that is not that of its function', () => {
    tidy(() => {
      const wrong = customGrad(y => ({ value: mul(y as Tensor, square(y as Tensor)), gradFunc: dy => mul(dy, 1.01) }));
      const layer = lambda({ function: y => wrong(y as Tensor) });
      const [tape, numerical] = [tapeGradients, numericalGradients].map(of => of(layer, [x], false, inference).inputs[0] as Float32Array);
      expect(() => expectClose(tape as Float32Array, numerical as Float32Array, 1e-3, 'gradient')).toThrow(/gradient, element 0: got/);
    });
  });
});

describe('expectClose', () => {
  it('takes NaN and infinities for equal to themselves alone', () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expectClose(special, special, 0, 'values');
    for (const [a, b] of [
      [Number.NaN, 0],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      [1, Number.POSITIVE_INFINITY],
    ] as const)
      expect(() => expectClose([a], [b], 1, 'values')).toThrow('values, element 0');
    expect(() => expectClose([1], [1, 2], 1, 'values')).toThrow('number of values of values');
  });
});
