import { describe, expect, it } from 'vitest';
import type { MachinePeaks } from '../machine/meter.js';
import { buildNetwork } from '../networks/index.js';
import { floor, operations, times, total } from './cost.js';
import { attentionTraining, convolution, lstmTraining, matrixProduct, optimizerStep, product, simpleRnnTraining } from './layers.js';
import { fashionCnnStep, lstm256Step, oneHotRnnStep, resnet20Step, transformerStep } from './networks.js';

const peaks: MachinePeaks = {
  threads: 2,
  plain: { one: 20e9, all: 40e9 },
  relaxed: { one: 30e9, all: 50e9 },
  read: { one: 8e9, all: 10e9 },
  update: { one: 9e9, all: 12e9 },
};

describe('the arithmetic of a piece of work, counted by hand', () => {
  it('is a multiplication and an addition for each pair of a product', () => {
    expect(product(2, 3, 4).arithmetic).toBe(48);
    expect(matrixProduct(10)).toEqual({ arithmetic: 2000, functions: 0, bytes: 1200 });
  });

  it('is that of a product for each pixel of a convolution', () => {
    const sizes = { batch: 2, height: 4, width: 5, inChannels: 3, outChannels: 7, kernel: 3 };
    expect(convolution(sizes).arithmetic).toBe(2 * 2 * 4 * 5 * 9 * 3 * 7);
  });

  it('gathers one-hot inputs: an addition for each unit, forward and again for the gradient of the kernel', () => {
    const sizes = { batch: 1, steps: 1, inputs: 100, units: 4, oneHot: true, window: 1 };
    // Forward: row 4, states 2·4·4, bias and sum 8. Backward: row 4, states twice, 16 for the derivative and the bias.
    expect(simpleRnnTraining(sizes, { inputGradient: false })).toEqual({ arithmetic: 4 + 32 + 8 + 4 + 64 + 16, functions: 4, bytes: 0 });
  });

  it('has five functions for each unit of an LSTM, and four gates', () => {
    const sizes = { batch: 1, steps: 3, inputs: 2, units: 1, oneHot: false, window: 3 };
    const step = 3 * (2 * 2 * 4 + 2 * 4) + 2 * 4 + 2 * 2 * 4;
    expect(lstmTraining(sizes, { inputGradient: true })).toEqual({ arithmetic: 3 * step, functions: 15, bytes: 0 });
  });

  it('has two products of three passes, and a softmax, in attention', () => {
    expect(attentionTraining(1, 1, 2, 3)).toEqual({ arithmetic: 3 * (24 + 24) + 8 * 4, functions: 4, bytes: 0 });
  });

  it('moves 28 bytes of each weight for Adam, 12 for SGD, 20 with momentum', () => {
    expect(['adam', 'sgd', 'momentum'].map(rule => optimizerStep(rule as 'adam', 10).bytes)).toEqual([280, 120, 200]);
  });

  it('is 1,902,240 operations and 10 exponentials for an image of fashion-cnn with SGD', () => {
    // Convolution twice 141,120; bias, relu and pooling 43,120; dense 3·392,000 + 200; relu 200; dense 3·2,000 + 20; softmax 40; SGD 2·197,210.
    expect(fashionCnnStep(1, 'sgd')).toEqual({ arithmetic: 1_902_240, functions: 10, bytes: 784 + 12 * 197_210 });
  });

  it('is some 75 GFLOP for an epoch of fashion-cnn, of which the products are 70', () => {
    const epoch = times(1500, fashionCnnStep(32, 'adam'));
    expect(operations(epoch) / 1e9).toBeCloseTo(75.9, 1);
    const products = 48_000 * (2 * 141_120 + 3 * (392_000 + 2_000));
    expect(products / 1e9).toBeCloseTo(70.3, 1);
  });

  it('is 12.3 GFLOP of products of states for an epoch of imdb-rnn', () => {
    const states = 20_000 * 100 * 3 * 2 * 32 * 32;
    expect(states / 1e9).toBeCloseTo(12.3, 1);
    expect(operations(times(625, oneHotRnnStep(32)))).toBeGreaterThan(states);
  });
});

describe('the weights that costs are counted for', () => {
  it.each([
    ['resnet-20', resnet20Step, 32 * 32 * 3 * 4, 20],
    ['transformer', transformerStep, 64 * 4, 28],
  ] as const)('are as many as those of %s', (name, step, sampleBytes, weightBytes) => {
    const model = buildNetwork(name);
    const weights = model.trainableWeights.reduce((sum, weight) => sum + weight.size, 0);
    model.dispose();
    expect(step(1).bytes).toBe(sampleBytes + weightBytes * weights);
  });

  it('are, by hand, 331,274 of an LSTM of 256 cells on 64 numbers and 10 classes', () => {
    const weights = 4 * 256 * (64 + 256 + 1) + 257 * 10;
    expect([weights, lstm256Step(1).bytes]).toEqual([331_274, 100 * 64 * 4 + 28 * 331_274]);
  });
});

describe('a floor', () => {
  it('is the larger of arithmetic over the best peak, and bytes over the best bandwidth', () => {
    expect(floor({ arithmetic: 100e9, functions: 0, bytes: 12e9 }, peaks)).toEqual({ seconds: 2, bound: 'arithmetic' });
    expect(floor({ arithmetic: 50e9, functions: 0, bytes: 36e9 }, peaks)).toEqual({ seconds: 3, bound: 'memory' });
  });

  it('counts a function as 20 operations, and one thread by its own peak', () => {
    expect(floor({ arithmetic: 10e9, functions: 1e9, bytes: 0 }, peaks, 'one').seconds).toBe(1);
  });

  it('takes the plain peak where there is no relaxed one', () => {
    expect(floor({ arithmetic: 80e9, functions: 0, bytes: 0 }, { ...peaks, relaxed: null }).seconds).toBe(2);
  });

  it('adds up', () => {
    expect(total({ arithmetic: 1, functions: 2, bytes: 3 }, times(2, { arithmetic: 10, functions: 20, bytes: 30 }))).toEqual({
      arithmetic: 21,
      functions: 42,
      bytes: 63,
    });
  });
});
