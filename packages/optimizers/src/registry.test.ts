import { ConfigError, mul, type OptionTable, type Parameter, sign, sub, type Tensor, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { weight } from './golden.testing.js';
import {
  Adam,
  commonOptions,
  getOptimizer,
  Optimizer,
  type OptimizerOptions,
  RMSprop,
  registerOptimizer,
  SGD,
  serializeOptimizer,
} from './index.js';

/** Steps of one size, whatever the gradient's: `w ← w − learningRate · sign(g)`. */
class SignDescent extends Optimizer {
  static readonly className: string = 'SignDescent';
  static readonly options: OptionTable<Required<OptimizerOptions>> = commonOptions('sign_descent', 0.5);

  protected override updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void {
    parameter.update(w => sub(w, mul(sign(gradient), learningRate)));
  }
}

describe('getOptimizer', () => {
  it.each([
    ['adam', Adam],
    ['Adam', Adam],
    ['RMSProp', RMSprop],
    ['sgd', SGD],
  ])('knows "%s"', (name, type) => expect(getOptimizer(name)).toBeInstanceOf(type));

  it('gives an optimizer back', () => {
    const optimizer = new Adam();
    expect(getOptimizer(optimizer)).toBe(optimizer);
  });

  it("reads TensorFlow.js' configs", () => {
    const momentum = getOptimizer({ className: 'Momentum', config: { learningRate: 0.1, momentum: 0.9, useNesterov: true } });
    expect(serializeOptimizer(momentum)).toMatchObject({ className: 'SGD', config: { learningRate: 0.1, momentum: 0.9, nesterov: true } });
    const rmsprop = getOptimizer({
      className: 'RMSProp',
      config: { learningRate: 0.1, decay: 0.8, momentum: 0, epsilon: 1e-7, centered: false },
    });
    expect(rmsprop.getConfig().rho).toBe(0.8);
  });

  it.each([[3], [null], [{}]])('refuses %j', identifier =>
    expect(() => getOptimizer(identifier as never)).toThrow(
      new ConfigError(`an optimizer must be an Optimizer, the name of one, or {className, config}; got ${JSON.stringify(identifier)}`),
    ),
  );

  it('says what there is', () => {
    expect(() => getOptimizer('adan')).toThrow(new ConfigError('there is no optimizer "adan"; did you mean "adam"?'));
    expect(() => getOptimizer('newton')).toThrow(
      new ConfigError('there is no optimizer "newton"; there are: sgd, rmsprop, adam, adamw, adagrad'),
    );
  });
});

describe('registerOptimizer', () => {
  it('makes a class of one’s own known, and refuses another of the same name', () => {
    registerOptimizer(SignDescent);
    registerOptimizer(SignDescent);
    const optimizer = getOptimizer(serializeOptimizer(new SignDescent({ learningRate: 0.25 })));
    const parameter = weight('w', [1, 1]);
    tidy(() => optimizer.apply([tensor([7, -0.1])], [parameter]));
    expect([...parameter.read().data]).toEqual([0.75, 1.25]);
    class Adam extends SignDescent {
      static override readonly className: string = 'adam';
    }
    expect(() => registerOptimizer(Adam)).toThrow(
      new ConfigError('there is another optimizer of the class name "Adam"; choose a name of your own'),
    );
  });
});
