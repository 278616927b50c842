import {
  ConfigError,
  DataError,
  memory,
  type Scalar,
  setRandomSeed,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { input } from '../base/input-layer.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { embedding } from './embedding.js';

describeLayer('embedding', () => embedding({ inputDim: 3, outputDim: 2 }), {
  inputShape: [2, 3],
  inputDType: 'int32',
  weights: { embeddings: [3, 2] },
});

describe('embedding', () => {
  it('matches Keras', () => {
    expectLayer(embedding({ inputDim: 5, outputDim: 3 })).toMatchGolden('embedding/ids');
    expectLayer(embedding({ inputDim: 5, outputDim: 2, maskZero: true, embeddingsRegularizer: 'l2' })).toMatchGolden('embedding/maskZero');
  });

  it('starts from values between -0.05 and 0.05', () => {
    setRandomSeed(1);
    const layer = embedding({ inputDim: 100, outputDim: 20 });
    layer.ensureBuilt([null, 4]);
    const values = [...(layer.weights[0]?.read().data ?? [])].map(Number);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.05);
    expect(Math.max(...values)).toBeLessThanOrEqual(0.05);
    // The variance of a uniform distribution of this width, with 2,000 numbers within a tenth.
    const variance = values.reduce((total, value) => total + value * value, 0) / values.length;
    expect(Math.abs(variance / (0.1 ** 2 / 12) - 1)).toBeLessThan(0.1);
    layer.dispose();
  });

  it('gives the same for ids of either type, along any number of axes', () => {
    tidy(() => {
      const layer = embedding({ inputDim: 4, outputDim: 2 });
      const ids = [0, 3, 1, 2];
      const asInt = layer.apply(tensor(ids, [1, 2, 2], 'int32'));
      const asFloat = layer.apply(tensor(ids, [4]));
      expect([asInt.shape, asFloat.shape]).toEqual([
        [1, 2, 2, 2],
        [4, 2],
      ]);
      expect(asFloat.dataSync()).toEqual(asInt.dataSync());
      expect(layer.computeMask(tensor(ids, [2, 2]), null) as Tensor | null).toBe(null);
      layer.dispose();
    });
  });

  it('adds up the gradients of an id that comes several times', () => {
    tidy(() => {
      const layer = embedding({ inputDim: 3, outputDim: 2 });
      layer.ensureBuilt([1, 3]);
      const table = layer.weights[0]?.value as Variable;
      const { grads } = variableGrads(
        () => sum(layer.invoke(tensor([2, 0, 2], [1, 3], 'int32'), { training: true, mask: null, step: 0 }) as Tensor) as Scalar,
        [table],
      );
      expect([...(grads[table.name] as Tensor).dataSync()]).toEqual([1, 1, 0, 0, 2, 2]);
      layer.dispose();
    });
  });

  it.each([
    [[0, 1, 2, 3], '3 at [1, 1]'],
    [[0, -1, 2, 1], '-1 at [0, 1]'],
    [[0.5, 1, 2, 1], '0.5 at [0, 0]'],
    [[0, 1, Number.NaN, 1], 'NaN at [1, 0]'],
  ])('refuses the ids %o before anything is computed', (ids, got) => {
    const before = memory().numTensors;
    const layer = embedding({ inputDim: 3, outputDim: 2, name: 'e' });
    const x = tensor(ids, [2, 2]);
    expect(() => layer.apply(x)).toThrow(
      new DataError(`embedding "e": ids must be whole numbers from 0 to 2, because inputDim is 3; got ${got}`),
    );
    x.dispose();
    layer.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('knows what it reads as the first layer of a model', () => {
    expect(embedding({ inputDim: 3, outputDim: 2 }).batchInputShape).toEqual([null, null]);
    expect(embedding({ inputDim: 3, outputDim: 2, inputLength: 7 }).batchInputShape).toEqual([null, 7]);
    expect(embedding({ inputDim: 3, outputDim: 2, inputLength: [7, null], batchSize: 4 }).batchInputShape).toEqual([4, 7, null]);
    expect(embedding({ inputDim: 3, outputDim: 2, batchInputShape: [2, 5] }).batchInputShape).toEqual([2, 5]);
    const layer = embedding({ inputDim: 3, outputDim: 2 });
    expect(layer.apply(input({ shape: [7], dtype: 'int32' })).dtype).toBe('float32');
    layer.dispose();
  });

  it('says what is wrong with its options', () => {
    expect(() => embedding({ inputDim: 0, outputDim: 2, name: 'e' })).toThrow(
      new ConfigError('embedding "e": inputDim must be a positive integer; got 0'),
    );
    expect(() => embedding({ inputDim: 3, outputDim: 2, name: 'e', inputLength: -7 })).toThrow(
      new ConfigError('embedding "e": inputLength must be a positive integer, or a list of them and nulls; got -7'),
    );
  });
});
