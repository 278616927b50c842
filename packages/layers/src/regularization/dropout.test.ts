import { ConfigError, ones, ShapeError, setRandomSeed, tidy } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { type DropoutOptions, dropout } from './dropout.js';

describeLayer('dropout', () => dropout({ rate: 0.4, seed: 3 }), { inputShape: [2, 6], mask: 'passes' });

/** What is left of ones. */
const left = (options: DropoutOptions, shape: number[], step = 0): number[] =>
  tidy(() => [
    ...dropout({ name: 'd', ...options })
      .apply(ones(shape), { training: true, step })
      .dataSync(),
  ]);

describe('dropout', () => {
  it('does nothing but while training, as Keras', () => expectLayer(dropout({ rate: 0.4 })).toMatchGolden('dropout/inference'));

  it('drops its rate, and scales up the rest, so that the mean stays', () => {
    const values = left({ rate: 0.3 }, [100, 100]);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
    const dropped = values.filter(value => value === 0).length / values.length;
    // Four standard errors of a binomial share of 10,000.
    expect(Math.abs(dropped - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 10000));
  });

  it('draws anew at every step, and the same at the same', () => {
    expect(left({ rate: 0.5 }, [50], 1)).toEqual(left({ rate: 0.5 }, [50], 1));
    expect(left({ rate: 0.5 }, [50], 1)).not.toEqual(left({ rate: 0.5 }, [50], 2));
  });

  it('depends on the global seed, its name, and its own seed before all', () => {
    expect(left({ rate: 0.5 }, [50])).not.toEqual(left({ rate: 0.5, name: 'e' }, [50]));
    const own = left({ rate: 0.5, seed: 4 }, [50]);
    const drawn = left({ rate: 0.5 }, [50]);
    setRandomSeed(2);
    expect(left({ rate: 0.5, seed: 4 }, [50])).toEqual(own);
    expect(left({ rate: 0.5 }, [50])).not.toEqual(drawn);
    setRandomSeed(1);
  });

  it('repeats its mask along axes of 1', () => {
    const values = left({ rate: 0.5, noiseShape: [null, 1, null] }, [2, 3, 4]);
    for (let i = 0; i < 24; i++) expect(values[i]).toBe(values[Math.floor(i / 12) * 12 + (i % 4)]);
    expect(new Set(values).size).toBe(2);
  });

  it('drops nothing at rate 0', () => expect(left({ rate: 0 }, [5])).toEqual([1, 1, 1, 1, 1]));

  it.each([-0.1, 1, 1.5, Number.NaN])('refuses a rate of %d', rate =>
    expect(() => dropout({ rate, name: 'd' })).toThrow(
      new ConfigError(`dropout "d": rate must be a number, 0 or more and less than 1; got ${rate}`),
    ),
  );

  it('needs a noise that fits', () =>
    expect(() => left({ rate: 0.5, noiseShape: [2] }, [3])).toThrow(
      new ShapeError('dropout "d": noiseShape must have the input\'s sizes, 1 or null along its axes; got [2] for [3]'),
    ));
});
