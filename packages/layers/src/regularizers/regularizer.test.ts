import { ConfigError, grad, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../testing/close.testing.js';
import { weightGolden } from '../testing/weight-golden.testing.js';
import { getRegularizer, l1, l1l2, l2, Regularizer, registerRegularizer } from './index.js';

describe('regularizers', () => {
  it.each(Object.entries(weightGolden.regularizers))(
    "have Keras' penalty and gradient: %s",
    (_, { className, config, weight, value, gradient }) => {
      tidy(() => {
        const regularizer = getRegularizer({ className, config });
        expect(regularizer.serialize()).toEqual({ className, config });
        const w = tensor(weight.values, weight.shape);
        expectClose(regularizer.apply(w).dataSync(), [value], 1e-6, 'penalty');
        expectClose(grad(x => regularizer.apply(x))(w).dataSync(), gradient, 1e-6, 'gradient');
      });
    },
  );

  it('have 0.01 where nothing is said', () => {
    expect(l1().config).toEqual({ l1: 0.01 });
    expect(l2().config).toEqual({ l2: 0.01 });
    expect(l1l2().config).toEqual({ l1: 0.01, l2: 0.01 });
    expect(getRegularizer('l1l2').getConfig()).toEqual({ l1: 0.01, l2: 0.01 });
    expect(l1l2({ l1: 0.5 }).config).toEqual({ l1: 0.5, l2: 0 });
  });

  it('can be registered', () => {
    class Half extends Regularizer {
      static override readonly className = 'Half';
      override apply() {
        return tensor(0.5);
      }
    }
    registerRegularizer(Half);
    expect(getRegularizer('half')).toBeInstanceOf(Half);
  });

  it('refuse what they do not know', () => {
    expect(() => l2({ l2: -1 })).toThrow(new ConfigError('L2: l2 must be a number, 0 or more; got -1'));
    expect(() => getRegularizer('l3')).toThrow(new ConfigError('there is no regularizer "l3"; did you mean "l1"?'));
  });
});
