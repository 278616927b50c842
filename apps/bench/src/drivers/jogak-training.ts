import { arrayBatches, type BatchSource, type InputFormat, type Model, prepareInput } from '@jogak/models';
import { type Batch, type HostArray, hostArray } from '@jogak/ops';
import { recipeTrainingData } from '../data/recipe-data.js';
import { buildNetwork } from '../networks/index.js';
import type { TrainTask } from '../protocol.js';
import { readArray } from './files.js';
import type { Work } from './serve.js';

/** Trains as a user does: `fit` on the recipe's own batches, or on arrays. */
export async function training(task: TrainTask, dataDir: string | null): Promise<Work> {
  const model = buildNetwork(task.recipe ?? task.network);
  const source = task.ownPipeline ? (await recipeTrainingData(task.recipe as string, dataDir)).source : fileSource(task, true);
  const steps = source.steps as number;
  // The files are in the order in which the recipe's pipeline gives its first epoch.
  const check = task.dropout > 0 ? [] : await firstLosses(model, task.ownPipeline ? source : fileSource(task, false));
  let epoch = 0;
  return {
    parameters: trained(model),
    check,
    maxUnits: null,
    note: task.oneHot === null ? null : 'gathers the rows that one-hot inputs pick, instead of multiplying with them',
    run: async units => {
      if (units % steps === 0) {
        await model.fit(source, { initialEpoch: epoch, epochs: epoch + units / steps });
        epoch += units / steps;
      } else {
        await model.fit(source, { stepsPerEpoch: units });
      }
    },
  };
}

/** Number of numbers that training moves. */
export const trained = (model: Model): number => model.trainableWeights.reduce((sum, weight) => sum + weight.size, 0);

/** The losses of two steps on the first batch. */
async function firstLosses(model: Model, source: BatchSource): Promise<number[]> {
  for await (const { x, y } of source.batches(0)) {
    const losses: number[] = [];
    for (let step = 0; step < 2; step++) {
      const figures = await model.trainOnBatch(x as HostArray, y as HostArray);
      losses.push(Array.isArray(figures) ? (figures[0] as number) : figures);
    }
    return losses;
  }
  return [];
}

function fileSource({ x, y, batchSize, oneHot, scale }: TrainTask, shuffle: boolean): BatchSource {
  const arrays = { x: [hostArray(readArray(x), x.shape)], y: [hostArray(readArray(y), y.shape)] };
  const prepare = (batch: Batch): Batch => ({ ...batch, x: prepareInput(batch.x as HostArray, formatOf(oneHot, scale)) });
  return arrayBatches({ ...arrays, batchSize, shuffle, seed: 1, ...(oneHot === null && scale === 1 ? {} : { prepare }) });
}

/** The recipes' own way of making ids one-hot, and pixels numbers from 0 to 1. */
const formatOf = (oneHot: number | null, scale: number): InputFormat =>
  oneHot === null
    ? { kind: 'image', height: 28, width: 28, channels: 1, scale, brightOnDark: true }
    : { kind: 'text', steps: 100, oneHot, vocabulary: null };
