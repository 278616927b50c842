import { describe, it } from 'vitest';
import { expectWithinUlps } from './ulp.testing.js';

describe('over the whole range of float32, against float64', () => {
  it('exp is within 1 ulp', () => expectWithinUlps('Exp', Math.exp, 1));
  it('expm1 is within 1.5 ulp', () => expectWithinUlps('Expm1', Math.expm1, 1.5));
  it('tanh is within 2.5 ulp', () => expectWithinUlps('Tanh', Math.tanh, 2.5));
  it('sigmoid is within 2.5 ulp', () => expectWithinUlps('Sigmoid', x => 1 / (1 + Math.exp(-x)), 2.5));
});
