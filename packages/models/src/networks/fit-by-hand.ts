import { type Batch, getRandomSeed, type HostArray, type Tensor, tidy, toTensor } from '@jogak/ops';
import { arrayBatches } from '../engine/batch-source.js';
import { type ArrayInput, toArrays } from '../engine/data.js';
import { RunningMean } from '../engine/logs.js';

/** Samples or targets, as the hand-written networks take them. */
export type CourseData = ArrayInput;

/** Options of the hand-written networks' `fit`. */
export interface CourseFitOptions {
  /** @default 100 */
  epochs?: number;
  /** Samples to judge after every epoch. @default none */
  xVal?: CourseData;
  /** Their targets. */
  yVal?: CourseData;
  /** Seed of the order in which samples are taken. @default that of setRandomSeed */
  seed?: number;
  /** Told after every epoch, counted from 1. */
  onEpochEnd?: (epoch: number, loss: number, valLoss: number | null) => void;
  /** Ends training between two batches; `fit` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a hand-written network is, to those who train it. */
export interface HandWritten {
  readonly batchSize: number;
  readonly losses: number[];
  readonly valLosses: number[];
  /** @param shape of one sample @param classes number of columns of the targets, 1 where they have none */
  initWeights(shape: readonly number[], classes: number): void;
  training(x: Tensor, y: Tensor): number;
  getLoss(x: Tensor, y: Tensor): Tensor;
}

/** Trains from new weights, batch by batch, in a new order every epoch. */
export async function fitByHand(
  network: HandWritten,
  x: CourseData,
  y: CourseData,
  given: CourseFitOptions & { dropRemainder?: boolean },
): Promise<void> {
  const { epochs = 100, seed = getRandomSeed(), dropRemainder = false, signal } = given;
  const [inputs] = toArrays(x, ['x'], 'x') as [HostArray];
  const [targets] = toArrays(y, ['y'], 'y') as [HostArray];
  network.initWeights(inputs.shape.slice(1), targets.shape[1] ?? 1);
  network.losses.length = 0;
  network.valLosses.length = 0;
  const source = arrayBatches({ x: [inputs], y: [targets], batchSize: network.batchSize, shuffle: true, seed, dropRemainder });
  for (let epoch = 0; epoch < epochs; epoch++) {
    const loss = new RunningMean();
    for (const batch of source.batches(epoch) as Iterable<Batch>) {
      signal?.throwIfAborted();
      loss.add(
        tidy(() => network.training(toTensor(batch.x as HostArray), toTensor(batch.y as HostArray))),
        (batch.x as HostArray).shape[0] as number,
      );
    }
    network.losses.push(loss.result());
    const valLoss = given.xVal && given.yVal ? lossOver(network, given.xVal, given.yVal) : null;
    if (valLoss !== null) network.valLosses.push(valLoss);
    given.onEpochEnd?.(epoch + 1, loss.result(), valLoss);
    await new Promise(resolve => setTimeout(resolve, 0));
  }
}

function lossOver(network: HandWritten, x: CourseData, y: CourseData): number {
  const loss = new RunningMean();
  const source = arrayBatches({ x: toArrays(x, ['x'], 'xVal'), y: toArrays(y, ['y'], 'yVal'), batchSize: 256 });
  for (const batch of source.batches(0) as Iterable<Batch>) {
    const value = tidy(() => network.getLoss(toTensor(batch.x as HostArray), toTensor(batch.y as HostArray)).dataSync()[0] as number);
    loss.add(value, (batch.x as HostArray).shape[0] as number);
  }
  return loss.result();
}
