import { describe, expect, it } from 'vitest';
import { normalQuantile, normalValues, permutation, randomKey, threefry2x32, truncatedNormalValues, uniformValues } from './random.js';

/** How many standard errors a sum of squares of `count` independent standard normal numbers lies from what is expected of it. */
const surprise = (sumOfSquares: number, count: number): number => Math.abs(sumOfSquares - count) / Math.sqrt(2 * count);

describe('random', () => {
  it('matches the known-answer vectors published with Random123 for Threefry-2×32-20', () => {
    expect(threefry2x32({ k0: 0, k1: 0 }, [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry2x32({ k0: -1, k1: -1 }, [-1, -1])).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry2x32({ k0: 0x13198a2e, k1: 0x03707344 }, [0x243f6a88, 0x85a308d3])).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  it('gives different streams to different seeds, paths and steps', () => {
    const keys = [
      randomKey(1),
      randomKey(2),
      randomKey(1, 'a'),
      randomKey(1, 'a', 'b'),
      randomKey(1, 'ab'),
      randomKey(1, 'a', 1),
      randomKey(1, 'a', 2),
      randomKey(2 ** 32 + 1),
    ];
    expect(new Set(keys.map(key => `${key.k0}/${key.k1}`)).size).toBe(keys.length);
  });

  it('draws element i from the key and i alone, so a longer draw begins with a shorter one', () => {
    const key = randomKey(7, 'dropout', 3);
    expect([...uniformValues(key, [100]).slice(0, 33)]).toEqual([...uniformValues(key, [33])]);
  });

  it('has the quantiles of the normal distribution to 1e-13', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
  });

  it('has mean 0 and deviation 1 over 100,000 draws, to four standard errors, and stays within two deviations when truncated', () => {
    const values = normalValues(randomKey(3), [100_000]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1e5));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e5));
    expect(Math.max(...truncatedNormalValues(randomKey(3), [10_000]).map(Math.abs))).toBeLessThanOrEqual(2);
  });

  it('permutes: every number once, and not in order', () => {
    const order = [...permutation(randomKey(1, 'epoch', 0), 1000)];
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(order.filter((value, i) => value === i).length).toBeLessThan(10);
  });

  it('draws weights that have nothing to do with those of the next seed or of another path, to four standard errors', () => {
    const seeds = 2000;
    const paths = ['embedding/embeddings', 'lstm/lstm_cell/kernel', 'dense/kernel'];
    const draws = Array.from({ length: seeds }, (_, seed) => paths.flatMap(path => [...uniformValues(randomKey(seed, path), [16], -1, 1)]));
    const width = draws[0]?.length as number;
    /** Correlation, in standard errors, over all seeds of one weight with another, or with one of the seed `lag` before. */
    const correlation = (i: number, j: number, lag: number): number => {
      const products = draws.slice(lag).map((draw, seed) => (draw[i] as number) * (draws[seed]?.[j] as number));
      // A product of two numbers uniform in [−1, 1) has the variance 1/9.
      return products.reduce((sum, product) => sum + product, 0) / Math.sqrt(products.length / 9);
    };
    for (const lag of [0, 1]) {
      let squares = 0;
      let pairs = 0;
      for (let i = 0; i < width; i++) for (let j = 0; j < (lag === 0 ? i : width); j++, pairs++) squares += correlation(i, j, lag) ** 2;
      expect(surprise(squares, pairs), `lag ${lag}`).toBeLessThan(4);
    }
  });

  it('permutes every epoch anew: any sample to any place, in any company, to four standard errors', () => {
    const [samples, batchSize, epochs, cells] = [2000, 20, 200, 20];
    const places = new Float64Array(cells * cells);
    let together = 0;
    let before: Uint32Array | undefined;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = permutation(randomKey(1, 'fit', 'shuffle', epoch), samples);
      const batchOf = new Uint32Array(samples);
      before?.forEach((sample, place) => {
        batchOf[sample] = Math.floor(place / batchSize);
      });
      order.forEach((sample, place) => {
        const cell = Math.floor((sample * cells) / samples) * cells + Math.floor((place * cells) / samples);
        places[cell] = (places[cell] as number) + 1;
        const start = place - (place % batchSize);
        for (let other = start; before && other < place; other++) if (batchOf[sample] === batchOf[order[other] as number]) together++;
      });
      before = order;
    }
    const share = (samples * epochs) / cells ** 2;
    // Every row and every column of an epoch's table has a fixed sum, which takes (cells − 1)² of cells² degrees of freedom to be left.
    const chiSquare = places.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
    expect(surprise(chiSquare, (cells - 1) ** 2)).toBeLessThan(4);
    const pairs = (samples * (batchSize - 1) * (epochs - 1)) / 2;
    const expected = (pairs * (batchSize - 1)) / (samples - 1);
    expect(Math.abs(together - expected) / Math.sqrt(expected)).toBeLessThan(4);
  });
});
