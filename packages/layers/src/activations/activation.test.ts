import { ConfigError, square, tensor, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { activation } from './activation.js';

describeLayer('activation', () => activation({ activation: 'tanh' }), { inputShape: [2, 3], mask: 'passes' });

describe('activation', () => {
  it('matches Keras', () => {
    expectLayer(activation({ activation: 'gelu' })).toMatchGolden('activation/gelu');
    expectLayer(activation({ activation: 'softmax' })).toMatchGolden('activation/softmax');
  });

  it('gives a tensor of its own, even where nothing is changed', () => {
    const x = tensor([1, 2]);
    const y = activation({ activation: 'linear' }).apply(x);
    x.dispose();
    expect([...y.dataSync()]).toEqual([1, 2]);
    y.dispose();
  });

  it('takes a function, which cannot be saved', () => {
    const layer = activation({ activation: x => square(x), name: 'own' });
    expect(tidy(() => [...layer.apply(tensor([1, 2, 3])).dataSync()])).toEqual([1, 4, 9]);
    expect(() => layer.getConfig()).toThrow(ConfigError);
    expect(() => layer.getConfig()).toThrow('is not one of the named activations, so it cannot be written into a config');
  });

  it('names the layer and the activation that was meant', () =>
    expect(() => activation({ activation: 'relux', name: 'a' })).toThrow(
      'activation "a": there is no activation "relux"; did you mean "relu"?',
    ));

  it('needs a name or a function', () =>
    expect(() => activation({ activation: 3 as never, name: 'a' })).toThrow(
      new ConfigError('activation "a": activation must be the name of an activation, or a function; got 3'),
    ));
});
