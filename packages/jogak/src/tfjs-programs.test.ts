import { fashionMnistSample } from '@jogak/samples';
import * as tfjsCore from '@tensorflow/tfjs-core';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import * as jogak from './index.js';
import { convolutional, type Data, type Outcome, recurrent, regression, type Tf } from './tfjs-programs.testing.js';

// Their tensors, engine and kernels are the same ones, so that what differs is layers, optimizers, losses and the loop.
const tfjs = { ...tfjsCore, ...tfjsLayers } as unknown as Tf;

/** Runs a program with both imports. */
async function both(program: (tf: Tf, data: Data) => Promise<Outcome>, data: Data): Promise<{ ours: Outcome; theirs: Outcome }> {
  jogak.setRandomSeed(5);
  return { ours: await program(jogak, data), theirs: await program(tfjs, data) };
}

async function fashion(trainSize: number, testSize: number): Promise<Data> {
  const { train, test } = await jogak.datasets.fashionMnist.loadData({ source: fashionMnistSample });
  const xs = (array: jogak.HostArray, size: number): jogak.Tensor =>
    jogak.tidy(() =>
      jogak
        .toTensor(jogak.sliceRows(array, 0, size))
        .toFloat()
        .div(255)
        .reshape([size, 28, 28, 1]),
    );
  const ys = (array: jogak.HostArray, size: number): jogak.Tensor =>
    jogak.tidy(() => jogak.oneHot(jogak.toTensor(jogak.sliceRows(array, 0, size)).toInt(), 10).toFloat());
  return {
    trainXs: xs(train.x, trainSize),
    trainYs: ys(train.y, trainSize),
    testXs: xs(test.x, testSize),
    testYs: ys(test.y, testSize),
  };
}

function curve(trainSize: number, testSize: number): Data {
  const points = (size: number): jogak.Tensor => jogak.linspace(-2, 2, size).expandDims(-1);
  const [trainXs, testXs] = [points(trainSize), points(testSize)];
  return { trainXs, trainYs: trainXs.mul(1.5).sin(), testXs, testYs: testXs.mul(1.5).sin() };
}

function sums(trainSize: number, testSize: number): Data {
  const xs = jogak.randomUniform([trainSize + testSize, 8, 1], -1, 1, 'float32', 3);
  const ys = xs.sum(1).greater(0).toFloat();
  const [trainXs, testXs] = xs.split([trainSize, testSize]) as [jogak.Tensor, jogak.Tensor];
  const [trainYs, testYs] = ys.split([trainSize, testSize]) as [jogak.Tensor, jogak.Tensor];
  return { trainXs, trainYs, testXs, testYs };
}

describe('a program written for TensorFlow.js, with its import changed', () => {
  it('trains the tutorial CNN to the same accuracy', async () => {
    const { ours, theirs } = await both(convolutional, await fashion(900, 500));
    for (const outcome of [ours, theirs]) {
      expect(outcome.losses).toHaveLength(3);
      expect(outcome.losses[2]).toBeLessThan((outcome.losses[0] as number) * 0.75);
      expect(outcome.testAccuracy).toBeGreaterThan(0.6);
      expect(outcome.testAccuracy).toBeCloseTo(outcome.counted, 5);
    }
    // Random starts and orders differ; 500 images have a standard error of two points.
    expect(Math.abs(ours.testAccuracy - theirs.testAccuracy)).toBeLessThan(0.08);
  });

  it('fits a curve as well, with a functional model', async () => {
    const { ours, theirs } = await both(regression, curve(128, 50));
    for (const { losses, testLoss } of [ours, theirs]) {
      expect(losses).toHaveLength(60);
      expect(testLoss).toBeLessThan(0.02);
    }
  });

  it('trains an LSTM to the same accuracy', async () => {
    const { ours, theirs } = await both(recurrent, sums(512, 256));
    for (const outcome of [ours, theirs]) {
      expect(outcome.testAccuracy).toBeGreaterThan(0.85);
      expect(outcome.testAccuracy).toBeCloseTo(outcome.counted, 5);
    }
    expect(Math.abs(ours.testAccuracy - theirs.testAccuracy)).toBeLessThan(0.1);
  });
});
