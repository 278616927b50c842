import { ConfigError, isJogakError, ones, ShapeError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { dense } from './dense.js';

describeLayer('dense', () => dense({ units: 3, activation: 'tanh' }), {
  inputShape: [2, 4],
  weights: { kernel: [4, 3], bias: [3] },
  mask: 'passes',
});

describe('dense', () => {
  it('matches Keras on rows', () => {
    expectLayer(dense({ units: 2 })).toMatchGolden('dense/linear');
    expectLayer(dense({ units: 5, activation: 'relu' })).toMatchGolden('dense/relu');
  });

  it('matches Keras on sequences, without a bias', () =>
    expectLayer(dense({ units: 3, activation: 'tanh', useBias: false })).toMatchGolden('dense/sequence'));

  it('writes its initializers, penalties and constraints as Keras does', () => {
    const layer = dense({
      units: 2,
      kernelInitializer: 'heNormal',
      biasInitializer: { className: 'Constant', config: { value: 0.1 } },
      kernelRegularizer: { className: 'L1L2', config: { l1: 0.1, l2: 0.2 } },
      biasRegularizer: 'l2',
      activityRegularizer: 'l1',
      kernelConstraint: { className: 'MaxNorm', config: { maxValue: 2, axis: 0 } },
      biasConstraint: 'nonNeg',
    });
    expectLayer(layer).toMatchGolden('dense/options');
  });

  it.each([
    [-1, '-1'],
    [0, '0'],
    [2.5, '2.5'],
    ['8', '"8"'],
  ])('refuses %o units', (units, shown) => {
    expect(() => dense({ units: units as number, name: 'head' })).toThrow(
      new ConfigError(`dense "head": units must be a positive integer; got ${shown}`),
    );
  });

  it('needs units', () => expect(() => dense({} as never)).toThrow(new ConfigError('dense: the option "units" is required')));

  it('says which option was meant', () =>
    expect(() => dense({ units: 2, usebias: true } as never)).toThrow(
      new ConfigError('dense: there is no option "usebias"; did you mean "useBias"?'),
    ));

  it('says what is wrong with a scalar', () =>
    expect(() => dense({ units: 3, name: 'head' }).computeOutputShape([])).toThrow(
      new ShapeError('dense "head" needs an input of rank 2 or more, [batch, …, features]; got rank 0'),
    ));

  it('needs to know its features', () =>
    expect(() => dense({ units: 3, name: 'head' }).ensureBuilt([null, null])).toThrow(
      new ShapeError('dense "head" needs to know the size of its input\'s last axis; got [null, null]'),
    ));

  it('takes no other number of features than it was built for', () => {
    const layer = dense({ units: 3, name: 'head' });
    layer.ensureBuilt([null, 4]);
    expect(() => layer.apply(ones([2, 5]))).toThrow(
      new ShapeError('dense "head" was built for inputs with 4 along axis -1; got 5, in [2, 5]'),
    );
    layer.dispose();
  });

  it('takes no name with a slash', () =>
    expect(() => dense({ units: 1, name: 'a/b' })).toThrow(
      new ConfigError('dense "a/b": name must be a string without "/", not empty; got "a/b"'),
    ));

  it('has no precision but float32', () => {
    try {
      dense({ units: 1, dtype: 'float16' as 'float32' });
      expect.unreachable();
    } catch (error) {
      expect(isJogakError(error, 'unsupported')).toBe(true);
      expect(error).toEqual(
        new ConfigError('dense: dtype must be "float32", the only precision supported; got "float16"', { code: 'unsupported' }),
      );
    }
  });
});
