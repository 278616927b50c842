import { ConfigError, fill, matMul, randomKey, reshape, ShapeError, setRandomSeed, type Tensor2D, tidy, transpose } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../testing/close.testing.js';
import { weightGolden } from '../testing/weight-golden.testing.js';
import { getInitializer, glorotUniform, Initializer, identity, orthogonal, randomNormal, registerInitializer } from './index.js';
import { fans } from './variance-scaling.js';

const drawn = (initializer: Initializer, shape: number[], ...path: string[]): Float32Array =>
  tidy(() => initializer.apply(shape, 'float32', randomKey(1, ...path)).dataSync() as Float32Array);

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('initializers', () => {
  it.each(weightGolden.fans)("count a weight's fans as Keras does: %j", (shape, fanIn, fanOut) => {
    expect(fans(shape)).toEqual({ fanIn, fanOut });
  });

  it.each(Object.entries(weightGolden.draws))("draw from Keras' distribution: %s", (name, golden) => {
    const initializer = getInitializer({ className: golden.className, config: golden.config });
    expect(getInitializer(name.split('/')[0] as string).getClassName()).toBe(golden.className);
    expect(initializer.serialize()).toEqual({ className: golden.className, config: golden.config });
    const values = drawn(initializer, golden.shape, name);
    const count = values.length;
    const middle = mean(values);
    const deviation = Math.sqrt(mean(values.map(value => (value - middle) ** 2)));
    // Both means are of `count` draws: four standard errors of their difference. A normal one's deviation has an error of σ / √(2n).
    expect(Math.abs(middle - golden.mean)).toBeLessThan(4 * golden.deviation * Math.sqrt(2 / count));
    expect(Math.abs(deviation - golden.deviation)).toBeLessThan((4 * golden.deviation) / Math.sqrt(count));
    // A distribution that ends has been drawn close to its ends; one that does not has no end.
    if (golden.className !== 'RandomNormal' && golden.config.distribution !== 'untruncatedNormal' && golden.className !== 'Orthogonal') {
      expect(Math.abs(Math.min(...values) - golden.smallest)).toBeLessThan(0.02 * golden.deviation);
      expect(Math.abs(Math.max(...values) - golden.largest)).toBeLessThan(0.02 * golden.deviation);
    }
  });

  it.each(Object.entries(weightGolden.fixed))('that do not draw are as Keras has them: %s', (name, golden) => {
    const initializer =
      name === 'identity' ? identity({ gain: 2 }) : getInitializer({ className: golden.className, config: golden.config });
    expect([...drawn(initializer, golden.shape)]).toEqual(golden.values);
  });

  it.each([
    [[6, 4], 1],
    [[4, 6], 2],
    [[2, 3, 4], 1],
  ])('make orthonormal columns, or rows, for shape %j', (shape, gain) => {
    tidy(() => {
      const columns = shape.at(-1) as number;
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
      const matrix = reshape(orthogonal({ gain }).apply(shape), [rows, columns]) as Tensor2D;
      const product = rows >= columns ? matMul(transpose(matrix), matrix) : matMul(matrix, transpose(matrix));
      const size = Math.min(rows, columns);
      const expected = Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? gain * gain : 0));
      expectClose(product.dataSync(), expected, 1e-5, 'product with its transpose');
    });
  });

  it('make the same weight of the same seed and path, and another of another', () => {
    const normal = randomNormal();
    expect(drawn(normal, [5], 'a')).toEqual(drawn(normal, [5], 'a'));
    expect(drawn(normal, [5], 'a')).not.toEqual(drawn(normal, [5], 'b'));
    expect(drawn(randomNormal({ seed: 3 }), [5], 'a')).toEqual(drawn(randomNormal({ seed: 3 }), [5], 'b'));
    expect(drawn(randomNormal({ seed: 3 }), [5])).not.toEqual(drawn(randomNormal({ seed: 4 }), [5]));
  });

  it('draw from the global seed where no key is given', () => {
    const draw = (): number[] => tidy(() => [...glorotUniform().apply([2, 2]).dataSync()]);
    const first = draw();
    setRandomSeed(2);
    const second = draw();
    setRandomSeed(1);
    expect(second).not.toEqual(first);
    expect(draw()).toEqual(first);
  });

  it('are known in every spelling, and their names are suggested', () => {
    for (const name of ['glorotUniform', 'GlorotUniform', 'glorot_uniform'])
      expect(getInitializer(name).getClassName()).toBe('GlorotUniform');
    expect(() => getInitializer('glorotUnifrom')).toThrow(
      new ConfigError('there is no initializer "glorotUnifrom"; did you mean "glorotUniform"?'),
    );
  });

  it('can be registered', () => {
    class Halves extends Initializer {
      static override readonly className = 'Halves';
      override apply(shape: number[]) {
        return fill(shape, 0.5);
      }
    }
    registerInitializer(Halves);
    expect([...drawn(getInitializer('halves'), [2])]).toEqual([0.5, 0.5]);
  });

  it('refuse shapes that they cannot make', () => {
    expect(() => orthogonal().apply([3])).toThrow(new ShapeError('orthogonal makes tensors of rank 2 or more; got shape [3]'));
    expect(() => identity().apply([3, 3, 3])).toThrow(new ShapeError('identity makes matrices; got shape [3, 3, 3]'));
  });

  it('refuse wrong options', () => {
    expect(() => getInitializer({ className: 'VarianceScaling', config: { scale: 0 } })).toThrow(
      new ConfigError('VarianceScaling: scale must be a number, more than 0; got 0'),
    );
    expect(() => randomNormal({ stdev: 1 } as never)).toThrow(
      new ConfigError('RandomNormal: there is no option "stdev"; did you mean "stddev"?'),
    );
    expect(() => glorotUniform({ scale: 2 } as never)).toThrow(
      new ConfigError('GlorotUniform: there is no option "scale"; there are: seed'),
    );
  });
});
