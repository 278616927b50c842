import { backend_util, memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectClose, expectSameAsOriginal, sample } from './kernel.testing.js';

/** Against float64: sums of products of numbers below 1, rounded to float32 once a block. */
const TOLERANCE = 5e-6;
/** Against tfjs, whose forward pass rounds after each of up to 2,313 additions. */
const TFJS_TOLERANCE = 5e-5;

type Four = [number, number, number, number];

interface Case {
  readonly input: Four;
  readonly filter: Four;
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  readonly dilations?: number | [number, number];
}

const cases: Case[] = [
  { input: [2, 28, 28, 1], filter: [3, 3, 1, 10], strides: 1, pad: 'same' },
  { input: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1, pad: 'valid' },
  { input: [3, 5, 4, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'valid' },
  { input: [2, 31, 33, 4], filter: [5, 3, 4, 3], strides: 2, pad: 'same' },
  { input: [1, 33, 5, 5], filter: [4, 2, 5, 4], strides: [3, 2], pad: 'same' },
  {
    input: [2, 9, 8, 2],
    filter: [3, 2, 2, 3],
    strides: [1, 2],
    pad: [
      [0, 0],
      [2, 1],
      [0, 3],
      [0, 0],
    ],
  },
  { input: [1, 6, 6, 3], filter: [3, 3, 3, 4], strides: 1, pad: 2 },
  { input: [2, 4, 4, 31], filter: [1, 1, 31, 33], strides: 1, pad: 'valid' },
  { input: [1, 7, 7, 3], filter: [1, 1, 3, 5], strides: 2, pad: 'same' },
  { input: [4, 3, 3, 1], filter: [3, 3, 1, 1], strides: 1, pad: 'valid' },
];
const dilated: Case[] = [
  { input: [2, 13, 11, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same', dilations: 2 },
  { input: [1, 13, 11, 2], filter: [2, 3, 2, 3], strides: 1, pad: 'valid', dilations: [3, 2] },
];
const large: Case[] = [
  // Deep patches, of which a block holds few.
  { input: [2, 6, 6, 257], filter: [3, 3, 257, 6], strides: 1, pad: 'same' },
  // Images of which four fit into a lot.
  { input: [5, 120, 90, 5], filter: [2, 2, 5, 1], strides: 1, pad: 'same' },
];

function info({ input, filter, strides, pad, dilations = 1 }: Case): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(input, filter, strides, dilations, pad);
}

function attrsOf({ strides, pad, dilations = 1 }: Case): object {
  return { strides, pad, dilations, dataFormat: 'NHWC' };
}

const title = (c: Case): string => `[${c.input}] with [${c.filter}], strides ${c.strides}, pad ${c.pad}, dilations ${c.dilations ?? 1}`;

/** Calls `visit` for each product of the convolution with the indices of its output, pixel and weight. */
function eachProduct(c: Case, visit: (y: number, x: number, w: number) => void): void {
  const s = info(c);
  for (let b = 0; b < s.batchSize; b++)
    for (let r = 0; r < s.outHeight; r++)
      for (let q = 0; q < s.outWidth; q++)
        for (let i = 0; i < s.filterHeight; i++)
          for (let j = 0; j < s.filterWidth; j++) {
            const row = r * s.strideHeight - s.padInfo.top + i * s.dilationHeight;
            const column = q * s.strideWidth - s.padInfo.left + j * s.dilationWidth;
            if (row < 0 || row >= s.inHeight || column < 0 || column >= s.inWidth) continue;
            for (let d = 0; d < s.inChannels; d++)
              for (let o = 0; o < s.outChannels; o++)
                visit(
                  ((b * s.outHeight + r) * s.outWidth + q) * s.outChannels + o,
                  ((b * s.inHeight + row) * s.inWidth + column) * s.inChannels + d,
                  ((i * s.filterWidth + j) * s.inChannels + d) * s.outChannels + o,
                );
          }
}

/** Adds up in float64 what {@link eachProduct} visits. */
function textbook(c: Case, length: number, term: (add: (at: number, value: number) => void) => (y: number, x: number, w: number) => void) {
  const sums = new Float64Array(length);
  const add = (at: number, value: number): void => {
    sums[at] = sums[at]! + value;
  };
  eachProduct(c, term(add));
  return sums;
}

describe('Conv2D on cpu', () => {
  for (const c of [...cases, ...dilated, ...large])
    it(`is the sum of its definition: ${title(c)}, to 5e-6 of float64`, () =>
      tidy(() => {
        const [x, filter] = [sample(c.input, 'x'), sample(c.filter, 'filter')];
        const { values } = expectSameAsOriginal('Conv2D', { x, filter }, attrsOf(c), TFJS_TOLERANCE);
        const [xv, wv] = [x.dataSync(), filter.dataSync()];
        expectClose(
          values,
          textbook(c, values.length, add => (y, p, w) => add(y, xv[p]! * wv[w]!)),
          TOLERANCE,
        );
      }));

  it('leaves channels-first and int32 to tfjs, and takes a batch of none', () =>
    tidy(() => {
      const attrs = { strides: 1, pad: 'same', dilations: 1 };
      expectSameAsOriginal(
        'Conv2D',
        { x: sample([1, 2, 4, 5]), filter: sample([3, 3, 2, 3]) },
        { ...attrs, dataFormat: 'NCHW' },
        TOLERANCE,
      );
      const x = tensor([1, 2, 3, 4], [1, 2, 2, 1], 'int32');
      expectSameAsOriginal('Conv2D', { x, filter: tensor([2], [1, 1, 1, 1], 'int32') }, { ...attrs, dataFormat: 'NHWC' }, 0);
      expectSameAsOriginal('Conv2D', { x: sample([0, 4, 4, 1]), filter: sample([3, 3, 1, 2]) }, { ...attrs, dataFormat: 'NHWC' }, 0);
    }));

  for (const activation of ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid', 'prelu'])
    it(`adds the bias and applies ${activation} when fused`, () =>
      tidy(() => {
        const inputs = { x: sample([2, 5, 4, 3]), filter: sample([3, 3, 3, 4], 'filter'), bias: tensor([1, -2, Number.NaN, 9]) };
        const prelu = activation === 'prelu' ? { preluActivationWeights: sample([1, 1, 4], 'alpha') } : {};
        const attrs = { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC', activation, leakyreluAlpha: 0.1 };
        const before = memory().numDataBuffers;
        expectSameAsOriginal('FusedConv2D', { ...inputs, ...prelu }, attrs, TFJS_TOLERANCE);
        expect(memory().numDataBuffers).toBe(before);
      }));
});

describe('gradients of Conv2D on cpu', () => {
  for (const c of [...cases, ...large])
    it(`are the sums of their definitions: ${title(c)}, to 5e-6 of float64`, () =>
      tidy(() => {
        const [x, filter, dy] = [sample(c.input, 'x'), sample(c.filter, 'filter'), sample(info(c).outShape, 'dy')];
        const [xv, wv, dyv] = [x.dataSync(), filter.dataSync(), dy.dataSync()];
        const dx = expectSameAsOriginal('Conv2DBackpropInput', { dy, filter }, { ...attrsOf(c), inputShape: c.input }, TFJS_TOLERANCE);
        expectClose(
          dx.values,
          textbook(c, xv.length, add => (y, p, w) => add(p, dyv[y]! * wv[w]!)),
          TOLERANCE,
        );
        const dw = expectSameAsOriginal('Conv2DBackpropFilter', { x, dy }, { ...attrsOf(c), filterShape: c.filter }, TFJS_TOLERANCE);
        expectClose(
          dw.values,
          textbook(c, wv.length, add => (y, p, w) => add(w, dyv[y]! * xv[p]!)),
          TOLERANCE,
        );
      }));
});

describe('NaN and infinities in a convolution on cpu', () => {
  const c: Case = { input: [2, 5, 4, 2], filter: [3, 3, 2, 3], strides: 1, pad: 'same' };
  const withSpecials = (shape: number[], name: string): Tensor => {
    const values = sample(shape, name).dataSync().slice();
    values[0] = Number.POSITIVE_INFINITY;
    values[5] = Number.NaN;
    values[values.length - 1] = Number.NEGATIVE_INFINITY;
    return tensor(values, shape);
  };
  // Padding is no pixel: an infinite weight over it is not 0 · Infinity.
  for (const special of ['x', 'filter', 'dy'])
    it(`come out as in tfjs, where they stand in ${special}`, () =>
      tidy(() => {
        const make = (name: string, shape: number[]): Tensor => (name === special ? withSpecials(shape, name) : sample(shape, name));
        const [x, filter, dy] = [make('x', c.input), make('filter', c.filter), make('dy', info(c).outShape)];
        expectSameAsOriginal('Conv2D', { x, filter }, attrsOf(c), TFJS_TOLERANCE);
        expectSameAsOriginal('Conv2DBackpropInput', { dy, filter }, { ...attrsOf(c), inputShape: c.input }, TFJS_TOLERANCE);
        const { ours, original } = bothKernels('Conv2DBackpropFilter', { x, dy }, { ...attrsOf(c), filterShape: c.filter });
        expectClose(ours.values, original.values, TFJS_TOLERANCE);
      }));
});
