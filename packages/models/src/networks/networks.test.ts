import {
  add,
  ConfigError,
  clone,
  DataError,
  div,
  grads,
  hostArray,
  matMul,
  mean,
  memory,
  normalValues,
  randomKey,
  reshape,
  setRandomSeed,
  sigmoid,
  sigmoidCrossEntropyWithLogits,
  simpleRnn,
  slice,
  softmax,
  sub,
  type Tensor,
  type Tensor2D,
  tensor,
  toTensor,
  uniformValues,
} from '@jogak/ops';
import * as textbook from '@jogak/ops/textbook';
import { describe, expect, it } from 'vitest';
import { ConvolutionNetwork } from './convolution-network.js';
import { RecurrentNetwork } from './recurrent-network.js';

const images = hostArray(uniformValues(randomKey(1, 'images'), [24, 6, 6, 1]), [24, 6, 6, 1]);
// Class 1 where the left half is the brighter one.
const bright = (row: number): number => {
  const pixels = images.data.subarray(36 * row, 36 * (row + 1)) as Float32Array;
  return pixels.reduce((sum, pixel, i) => sum + (i % 6 < 3 ? pixel : -pixel), 0) > 0 ? 1 : 0;
};
const oneHot = hostArray(
  Float32Array.from({ length: 48 }, (_, i) => (bright(i >> 1) === (i & 1) ? 1 : 0)),
  [24, 2],
);

const sequences = hostArray(normalValues(randomKey(1, 'sequences'), [16, 14, 3]), [16, 14, 3]);
const targets = hostArray(Float32Array.from({ length: 16 }, (_, row) => ((sequences.data[42 * row + 39] as number) > 0 ? 1 : 0)));

function expectSame(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  for (let i = 0; i < b.length; i++) expect(Math.abs((a[i] as number) - (b[i] as number)), `element ${i}`).toBeLessThan(tolerance);
}

describe('ConvolutionNetwork', () => {
  const network = (): ConvolutionNetwork => new ConvolutionNetwork({ nKernels: 3, units: 4, batchSize: 8, learningRate: 0.2 });

  it('has the course’s number of weights', () => {
    const course = new ConvolutionNetwork({ nKernels: 10, units: 100, batchSize: 128, learningRate: 0.01 });
    course.initWeights([28, 28, 1], 10);
    expect(course.weights.reduce((sum, weight) => sum + weight.size, 0)).toBe(197_210);
    course.dispose();
  });

  it('computes what the textbook’s loops compute', () => {
    const byHand = network();
    byHand.initWeights([6, 6, 1], 2);
    const [convW, convB, w1, b1, w2, b2] = byHand.weights.map(weight => weight.arraySync()) as unknown as [
      never,
      never,
      never,
      never,
      never,
      never,
    ];
    const relu = (rows: number[][]): number[][] => rows.map(row => row.map(value => Math.max(0, value)));
    const image = toTensor(hostArray(images.data.slice(0, 36) as Float32Array, [1, 6, 6, 1]));
    const convolved = textbook.conv2d(image.arraySync() as never, convW, convB, { padding: 'same' });
    const pooled = [0, 1, 2].map(kernel =>
      textbook.maxPool2d(
        (convolved[0] as number[][][]).map(row => row.map(pixel => Math.max(0, pixel[kernel] as number))),
        { size: 2, stride: 2 },
      ),
    );
    const features = [0, 1, 2].flatMap(i => [0, 1, 2].flatMap(j => pooled.map(channel => channel[i]?.[j] as number)));
    const logits = textbook.dense(relu(textbook.dense([features], w1, b1)), w2, b2);
    expectSame(byHand.forpass(image), tensor(logits), 1e-5);
    byHand.dispose();
  });

  it('learns, and saves as the sequential that predicts the same', async () => {
    setRandomSeed(3);
    const byHand = await network().fit(images, oneHot, { epochs: 60, xVal: images, yVal: oneHot });
    expect([byHand.losses.length, byHand.valLosses.length]).toEqual([60, 60]);
    expect(byHand.losses.at(-1)).toBeLessThan((byHand.losses[0] as number) * 0.7);
    expect(byHand.score(toTensor(images), toTensor(oneHot))).toBeGreaterThan(0.85);
    const model = byHand.toSequential();
    const probabilities = model.predict(images) as Tensor;
    expectSame(probabilities, softmax(byHand.forpass(toTensor(images))), 1e-6);
    setRandomSeed(1);
  });

  it('leaves no tensor but its weights', async () => {
    const byHand = network();
    const before = memory().numTensors;
    await byHand.fit(images, oneHot, { epochs: 1 });
    await byHand.fit(images, oneHot, { epochs: 1 });
    expect(memory().numTensors).toBe(before + 6);
    byHand.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('says what is wrong with its options and targets', async () => {
    expect(() => new ConvolutionNetwork({ kernels: 3 } as never)).toThrow(
      new ConfigError('ConvolutionNetwork: there is no option "kernels"; did you mean "nKernels"?'),
    );
    expect(() => new ConvolutionNetwork({ units: -1 })).toThrow(
      new ConfigError('ConvolutionNetwork: units must be a positive integer; got -1'),
    );
    await expect(network().fit(images, hostArray(new Float32Array(24)))).rejects.toThrow(
      new ConfigError('ConvolutionNetwork tells two or more classes apart; got 1. Targets are one-hot rows: toCategorical makes them'),
    );
  });
});

describe('RecurrentNetwork', () => {
  const network = (): RecurrentNetwork => new RecurrentNetwork({ nCells: 5, batchSize: 4, learningRate: 0.3 });

  it('has the course’s number of weights', () => {
    const course = new RecurrentNetwork({ nCells: 32, batchSize: 32, learningRate: 0.01 });
    course.initWeights([100, 100]);
    expect(course.weights.reduce((sum, weight) => sum + weight.size, 0)).toBe(4_289);
    course.dispose();
  });

  it('follows the error back as automatic differentiation does over the same ten steps', () => {
    const byHand = network();
    byHand.initWeights([14, 3]);
    const [w1x, w1h, b1, w2, b2] = byHand.weights;
    const x = toTensor(sequences);
    const y = reshape(toTensor(targets), [16, 1]);
    // The first four steps only give the state that the window begins with.
    const start = simpleRnn({ x: slice(x, [0, 0, 0], [-1, 4, -1]), kernel: w1x, recurrentKernel: w1h, bias: b1 } as never).states[0];
    const window = slice(x, [0, 4, 0], [-1, 10, -1]);
    const loss = (kernel: Tensor, recurrentKernel: Tensor, bias: Tensor, output: Tensor, outputBias: Tensor): Tensor => {
      const { states } = simpleRnn({ x: window, kernel, recurrentKernel, bias, initialState: [start] } as never);
      return mean(sigmoidCrossEntropyWithLogits(y, add(matMul(states[0] as Tensor2D, output as Tensor2D), outputBias)));
    };
    const automatic = grads(loss as never)([w1x, w1h, b1, w2, b2] as Tensor[]);
    const before = byHand.weights.map(weight => clone(weight));
    byHand.training(x, y);
    for (const [index, weight] of byHand.weights.entries()) {
      const moved = div(sub(before[index] as Tensor, weight), 0.3);
      expectSame(moved, automatic[index] as Tensor, 1e-5);
    }
    byHand.dispose();
  });

  it('learns, and saves as the sequential that predicts the same', async () => {
    setRandomSeed(2);
    const byHand = await network().fit(sequences, targets, { epochs: 80, xVal: sequences, yVal: targets });
    expect(byHand.losses.at(-1)).toBeLessThan((byHand.losses[0] as number) * 0.5);
    expect(byHand.valLosses.length).toBe(80);
    expect(byHand.score(toTensor(sequences), toTensor(targets))).toBeGreaterThan(0.9);
    const probabilities = byHand.toSequential().predict(sequences) as Tensor;
    expectSame(probabilities, sigmoid(byHand.forpass(toTensor(sequences))), 1e-6);
    setRandomSeed(1);
  });
});

describe('fit by hand', () => {
  const convolution = (): ConvolutionNetwork => new ConvolutionNetwork({ nKernels: 2, units: 2, batchSize: 8 });
  const recurrent = (): RecurrentNetwork => new RecurrentNetwork({ nCells: 2, batchSize: 8 });

  it.each<[string, () => unknown, Error]>([
    [
      'an option that there is not',
      () => convolution().fit(images, oneHot, { epoch: 1 } as never),
      new ConfigError('fit: there is no option "epoch"; did you mean "epochs"?'),
    ],
    [
      'half of the validation data',
      () => convolution().fit(images, oneHot, { xVal: images }),
      new ConfigError('fit: give xVal and yVal, or neither'),
    ],
    [
      'a target out of range',
      () => recurrent().fit(sequences, hostArray(new Float32Array(16).fill(5))),
      new DataError('target 5 in row 0 must be from 0 to 1'),
    ],
    [
      'unequal numbers of samples',
      () => recurrent().fit(sequences, hostArray(new Float32Array(3))),
      new DataError('x has 16 samples, y 3: both must have as many'),
    ],
    [
      'fewer samples than a batch',
      () => new ConvolutionNetwork({ batchSize: 99 }).fit(images, oneHot),
      new DataError('fit: 24 samples do not fill a batch of 99: make batchSize smaller'),
    ],
    [
      'inputs that are no numbers',
      () => recurrent().fit(hostArray(new Float32Array(672).fill(Number.NaN), [16, 14, 3]), targets),
      new DataError('the loss is NaN in epoch 1: try a lower learning rate, or scaling the inputs to 0 … 1', { code: 'numeric' }),
    ],
    [
      'a prediction before there are weights',
      async () => convolution().predict(tensor([1])),
      new ConfigError('ConvolutionNetwork has no weights yet: call fit or initWeights first'),
    ],
    [
      'a prediction before there are weights (recurrent)',
      async () => recurrent().predict(tensor([1])),
      new ConfigError('RecurrentNetwork has no weights yet: call fit or initWeights first'),
    ],
  ])('refuses %s', async (_, run, error) => {
    await expect(run()).rejects.toThrow(error);
  });
});
