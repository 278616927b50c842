import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';

describe('JogakActivationGrad', () => {
  it.each(['relu', 'sigmoid', 'linear'])('of %s is what it is on cpu, to 2e-7, for all lengths', activation => {
    for (const length of [0, 1, 3, 4, 5, 31, 33, 16384, 16385, 40001]) {
      expectSameAsCpu('JogakActivationGrad', { dy: sample([length], 1), y: sample([length], 2) }, { activation }, 2e-7);
    }
  });

  it.each(['relu', 'sigmoid'])('of %s lets NaN through', activation => {
    const [dy, y] = [floats([1, Number.NaN, 1, Infinity, -1, 2]), floats([Number.NaN, 1, 0.5, 0.25, 0, -0])];
    expectSameAsCpu('JogakActivationGrad', { dy, y }, { activation });
  });
});
