import { ConfigError, memory, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../testing/close.testing.js';
import { weightGolden } from '../testing/weight-golden.testing.js';
import { getConstraint, maxNorm, minMaxNorm, nonNeg, registerConstraint, UnitNorm, unitNorm } from './index.js';

describe('constraints', () => {
  it.each(Object.entries(weightGolden.constraints))('project as Keras does: %s', (_, { className, config, weight, values }) => {
    tidy(() => {
      const constraint = getConstraint({ className, config });
      expect(constraint.serialize()).toEqual({ className, config });
      expectClose(constraint.apply(tensor(weight.values, weight.shape)).dataSync(), values, 1e-6, 'weight');
    });
  });

  it('leave no tensor behind', () => {
    const weight = tensor([1, -2, 3, 4], [2, 2]);
    const before = memory().numTensors;
    for (const constraint of [maxNorm(), nonNeg(), unitNorm(), minMaxNorm()]) constraint.apply(weight).dispose();
    expect(memory().numTensors).toBe(before);
    weight.dispose();
  });

  it('can be registered', () => {
    class RowNorm extends UnitNorm {
      static override readonly className = 'RowNorm' as 'UnitNorm';
    }
    registerConstraint(RowNorm);
    expect(getConstraint('rowNorm')).toBeInstanceOf(RowNorm);
  });

  it('refuse wrong options', () => {
    expect(() => maxNorm({ maxValue: 0 })).toThrow(new ConfigError('MaxNorm: maxValue must be a number, more than 0; got 0'));
    expect(() => unitNorm({ axis: 0.5 })).toThrow(new ConfigError('UnitNorm: axis must be an axis, or a list of axes; got 0.5'));
    expect(() => getConstraint('maxnrm')).toThrow(new ConfigError('there is no constraint "maxnrm"; did you mean "maxNorm"?'));
  });
});
