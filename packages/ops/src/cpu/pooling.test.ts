import { backend_util, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectSameAsOriginal, sample } from './kernel.testing.js';

type Four = [number, number, number, number];

interface Case {
  readonly input: Four;
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
}

const cases: Case[] = [
  { input: [2, 28, 28, 10], filterSize: 2, strides: 2, pad: 'same' },
  { input: [1, 5, 4, 3], filterSize: 3, strides: 1, pad: 'same' },
  { input: [2, 31, 33, 1], filterSize: [3, 2], strides: [2, 3], pad: 'valid' },
  { input: [3, 5, 5, 4], filterSize: 3, strides: 2, pad: 'same' },
  { input: [1, 6, 7, 2], filterSize: [1, 4], strides: 1, pad: 'valid' },
  { input: [2, 4, 4, 5], filterSize: 1, strides: 1, pad: 'valid' },
  { input: [1, 6, 6, 2], filterSize: 3, strides: 2, pad: 1 },
  { input: [0, 4, 4, 1], filterSize: 2, strides: 2, pad: 'valid' },
];
const title = (c: Case): string => `[${c.input}] by ${c.filterSize}, strides ${c.strides}, pad ${c.pad}`;

function outShape({ input, filterSize, strides, pad }: Case): Four {
  return backend_util.computePool2DInfo(input, filterSize, strides, 1, pad).outShape;
}

/** A pixel repeated here and there, so that windows have several maxima; NaN, infinities. */
function withTiesAndSpecials(shape: Four): Tensor {
  const values = sample(shape).dataSync().slice();
  for (let i = 0; i < values.length; i += 3) values[i] = 0.75;
  for (let i = 1; i < values.length; i += 7) values[i] = Number.NaN;
  for (let i = 2; i < values.length; i += 11) values[i] = Number.NEGATIVE_INFINITY;
  return tensor(values, shape);
}

describe('max pooling on cpu', () => {
  for (const c of cases)
    it(`is that of tfjs, its gradient too, among ties and NaN: ${title(c)}`, () =>
      tidy(() => {
        for (const x of [sample(c.input), withTiesAndSpecials(c.input)]) {
          const y = expectSameAsOriginal('MaxPool', { x }, c, 0);
          const inputs = { dy: sample(outShape(c), 'dy'), input: x, output: tensor(y.values, outShape(c)) };
          // Where windows overlap, a pixel's sum is rounded after each of up to nine additions.
          expectSameAsOriginal('MaxPoolGrad', inputs, c, 1e-6);
        }
      }));

  it('takes the maxima of 2×2 windows of 1…16', () => {
    const x = tensor(
      Array.from({ length: 16 }, (_, i) => i + 1),
      [1, 4, 4, 1],
    );
    expect([...bothKernels('MaxPool', { x }, { filterSize: 2, strides: 2, pad: 'valid' }).ours.values]).toEqual([6, 8, 14, 16]);
  });

  it('leaves int32 to tfjs', () => {
    const x = tensor([1, 2, 3, 4], [1, 2, 2, 1], 'int32');
    expectSameAsOriginal('MaxPool', { x }, { filterSize: 2, strides: 2, pad: 'valid' }, 0);
  });
});

describe('average pooling on cpu', () => {
  for (const c of cases) {
    it(`is that of tfjs: ${title(c)}`, () =>
      tidy(() => {
        for (const x of [sample(c.input), withTiesAndSpecials(c.input)]) expectSameAsOriginal('AvgPool', { x }, c, 1e-6);
      }));

    it(`has the gradient of tfjs: ${title(c)}`, () =>
      tidy(() => {
        expectSameAsOriginal('AvgPoolGrad', { dy: sample(outShape(c), 'dy'), input: sample(c.input) }, c, 1e-6);
      }));
  }
});
