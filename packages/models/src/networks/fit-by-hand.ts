import { type Batch, ConfigError, DataError, getRandomSeed, type HostArray, type Tensor, tidy, toTensor } from '@jogak/ops';
import { arrayBatches } from '../engine/batch-source.js';
import { type ArrayInput, toArrays } from '../engine/data.js';
import { checkKnown, positive } from '../engine/known-options.js';
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

/**
 * Trains from new weights, batch by batch, in a new order every epoch.
 *
 * @throws {ConfigError} for an option that there is not
 * @throws {DataError} for targets that are no probabilities, fewer samples than a batch where the last one has to be full, or a loss that is not finite
 */
export async function fitByHand(
  network: HandWritten,
  x: CourseData,
  y: CourseData,
  given: CourseFitOptions & { dropRemainder?: boolean },
): Promise<void> {
  checkKnown(given, ['epochs', 'xVal', 'yVal', 'seed', 'onEpochEnd', 'signal', 'dropRemainder'], 'fit');
  positive(given.epochs ?? 100, 'fit: epochs');
  if ((given.xVal === undefined) !== (given.yVal === undefined)) throw new ConfigError('fit: give xVal and yVal, or neither');
  const { epochs = 100, seed = getRandomSeed(), dropRemainder = false, signal } = given;
  const [inputs] = toArrays(x, ['x'], 'x') as [HostArray];
  const [targets] = toArrays(y, ['y'], 'y') as [HostArray];
  checkTargets(targets, inputs.shape[0] as number);
  network.initWeights(inputs.shape.slice(1), targets.shape[1] ?? 1);
  network.losses.length = 0;
  network.valLosses.length = 0;
  const source = arrayBatches({ x: [inputs], y: [targets], batchSize: network.batchSize, shuffle: true, seed, dropRemainder });
  if (source.steps === 0)
    throw new DataError(`fit: ${inputs.shape[0]} samples do not fill a batch of ${network.batchSize}: make batchSize smaller`);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const loss = new RunningMean();
    for (const batch of source.batches(epoch) as Iterable<Batch>) {
      signal?.throwIfAborted();
      const value = tidy(() => network.training(toTensor(batch.x as HostArray), toTensor(batch.y as HostArray)));
      if (!Number.isFinite(value))
        throw new DataError(`the loss is ${value} in epoch ${epoch + 1}: try a lower learning rate, or scaling the inputs to 0 … 1`, {
          code: 'numeric',
        });
      loss.add(value, (batch.x as HostArray).shape[0] as number);
    }
    network.losses.push(loss.result());
    const valLoss = given.xVal && given.yVal ? lossOver(network, given.xVal, given.yVal) : null;
    if (valLoss !== null) network.valLosses.push(valLoss);
    given.onEpochEnd?.(epoch + 1, loss.result(), valLoss);
    await new Promise(resolve => setTimeout(resolve, 0));
  }
}

/** One-hot rows, or 0 and 1: nothing else has a cross-entropy. */
function checkTargets(targets: HostArray, samples: number): void {
  const rows = targets.shape[0] as number;
  if (rows !== samples) throw new DataError(`x has ${samples} samples, y ${rows}: both must have as many`);
  for (const [i, value] of targets.data.entries()) {
    if (!(value >= 0 && value <= 1))
      throw new DataError(`target ${value} in row ${Math.floor((i * rows) / targets.data.length)} must be from 0 to 1`);
  }
}

function lossOver(network: HandWritten, x: CourseData, y: CourseData): number {
  const loss = new RunningMean();
  const [inputs] = toArrays(x, ['x'], 'xVal') as [HostArray];
  const [targets] = toArrays(y, ['y'], 'yVal') as [HostArray];
  checkTargets(targets, inputs.shape[0] as number);
  const source = arrayBatches({ x: [inputs], y: [targets], batchSize: 256 });
  for (const batch of source.batches(0) as Iterable<Batch>) {
    const value = tidy(() => network.getLoss(toTensor(batch.x as HostArray), toTensor(batch.y as HostArray)).dataSync()[0] as number);
    loss.add(value, (batch.x as HostArray).shape[0] as number);
  }
  return loss.result();
}
