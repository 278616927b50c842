import { ConfigError, DataError, getRandomSeed, isHostArray, options as optionKinds, sliceRows, Tensor } from '@jogak/ops';
import { Callback, type CallbackFunctions } from '../callbacks/callback.js';
import { History } from '../callbacks/history.js';
import { LambdaCallback } from '../callbacks/lambda-callback.js';
import { ProgressBar } from '../callbacks/progress-bar.js';
import { arrayBatches, type BatchDataset, type BatchSource, datasetBatches, isBatchDataset } from './batch-source.js';
import { BatchStream } from './batch-stream.js';
import { breather } from './breather.js';
import { type ClassWeight, classWeights } from './class-weight.js';
import { type ArrayInput, type ModelData, toArrays } from './data.js';
import { evaluateSourceAsync } from './evaluate.js';
import { checkKnown, positive } from './known-options.js';
import type { Logs } from './logs.js';
import type { Model } from './model.js';

/** Callbacks as `fit` takes them: one or several, objects of {@link Callback} or of functions. */
export type CallbacksLike = Callback | CallbackFunctions | readonly (Callback | CallbackFunctions)[];

/** Options of training on data that come in batches. */
export interface FitDatasetOptions {
  /** Number of the last epoch. @default 1 */
  epochs?: number;
  /** Epochs that are done already, on a resumed run. @default 0 */
  initialEpoch?: number;
  /** Batches that make an epoch. @default all there are */
  stepsPerEpoch?: number;
  /** What TensorFlow.js calls `stepsPerEpoch`. */
  batchesPerEpoch?: number;
  /** What is judged after every epoch, without training on it. @default none */
  validationData?: readonly [ModelData, ModelData] | readonly [ModelData, ModelData, ArrayInput] | BatchDataset | BatchSource;
  /** @default batchSize */
  validationBatchSize?: number;
  /** @default none */
  callbacks?: CallbacksLike;
  /** Whether to show progress: 0 not, 1 by a `progressBar`, 2 by its plain lines. @default 0, where Keras has 1 */
  verbose?: 0 | 1 | 2;
  /** Ends training between two batches; `fit` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Options of `fit`. */
export interface FitOptions extends FitDatasetOptions {
  /** Samples of a batch, of arrays. @default 32 */
  batchSize?: number;
  /** Whether every epoch has a random order of its own, of arrays. @default true */
  shuffle?: boolean;
  /** Seed of the order. @default that of setRandomSeed */
  seed?: number;
  /** Part of the arrays, at their end, that is judged after every epoch instead of trained on, from 0 to below 1. @default 0 */
  validationSplit?: number;
  /** How much the samples of each class count. @default 1 each */
  classWeight?: ClassWeight;
  /** How much each sample counts, `[samples]`. @default 1 each */
  sampleWeight?: ArrayInput;
}

const datasetKeys = [
  'epochs',
  'initialEpoch',
  'stepsPerEpoch',
  'batchesPerEpoch',
  'validationData',
  'validationBatchSize',
  'callbacks',
  'verbose',
  'signal',
];
const arrayKeys = ['batchSize', 'shuffle', 'seed', 'validationSplit', 'classWeight', 'sampleWeight'];

/** Whether a value makes batches. */
export function isBatchSource(value: unknown): value is BatchSource {
  return typeof value === 'object' && value !== null && 'batches' in value && typeof value.batches === 'function';
}

/** `model.fit`: finds out what the data are, and trains on them. */
export async function fit(
  model: Model,
  x: ModelData | BatchDataset | BatchSource,
  second?: ModelData | FitOptions,
  third?: FitOptions,
): Promise<History> {
  if (isBatchSource(x) || isBatchDataset(x)) {
    const given = (second ?? {}) as FitDatasetOptions;
    checkKnown(given, datasetKeys, 'fit', ' for data that come in batches');
    return fitSource(model, isBatchSource(x) ? x : datasetBatches(x), given);
  }
  if (second === undefined) throw new DataError('fit: targets are missing: fit(x, y, options)');
  const given = third ?? {};
  checkKnown(given, [...datasetKeys, ...arrayKeys], 'fit');
  const { batchSize = 32, shuffle = true, seed = getRandomSeed(), validationSplit = 0, classWeight } = given;
  if (!(validationSplit >= 0 && validationSplit < 1))
    throw new ConfigError(`fit: validationSplit must be a number, 0 or more and less than 1; got ${validationSplit}`);
  if (validationSplit > 0 && given.validationData) throw new ConfigError('fit: give validationSplit or validationData, not both');
  if (typeof shuffle !== 'boolean') throw new ConfigError(`fit: shuffle must be true or false; got ${optionKinds.show(shuffle)}`);
  if (!Number.isInteger(seed)) throw new ConfigError(`fit: seed must be an integer; got ${optionKinds.show(seed)}`);
  const xs = toArrays(x, model.inputNames, 'x');
  const ys = toArrays(second as ModelData, model.outputNames, 'y');
  const samples = xs[0]?.shape[0] ?? 0;
  if (ys[0]?.shape[0] !== samples) throw new DataError(`x has ${samples} samples, y ${ys[0]?.shape[0]}: both must have as many`);
  if (samples === 0) throw new DataError('there is nothing to train on: x has no samples');
  // Keras' arithmetic, so that the same samples are held out.
  const trained = Math.floor(samples * (1 - validationSplit));
  if (trained === 0 || (validationSplit > 0 && trained === samples)) {
    const without = trained === 0 ? 'training' : 'validation';
    throw new DataError(`fit: validationSplit ${validationSplit} of ${samples} samples leaves none for ${without}`);
  }
  const weight = given.sampleWeight === undefined ? undefined : toArrays(given.sampleWeight, ['sampleWeight'], 'sampleWeight')[0];
  if (weight && weight.shape[0] !== samples) throw new DataError(`sampleWeight has ${weight.shape[0]} samples, x ${samples}`);
  const trainY = ys.map(array => sliceRows(array, 0, trained));
  const trainWeight = weight && sliceRows(weight, 0, trained);
  if (classWeight && trainY.length > 1) throw new ConfigError('fit: classWeight is for models of one output; use sampleWeight');
  const source = arrayBatches({
    x: xs.map(array => sliceRows(array, 0, trained)),
    y: trainY,
    sampleWeight: classWeight ? classWeights(trainY[0] as never, classWeight, trainWeight) : trainWeight,
    batchSize: positive(batchSize, 'fit: batchSize'),
    shuffle,
    seed,
  });
  const held = validationSplit > 0 && {
    x: xs.map(array => sliceRows(array, trained, samples)),
    y: ys.map(array => sliceRows(array, trained, samples)),
    sampleWeight: weight && sliceRows(weight, trained, samples),
    batchSize: validationBatchSize(given, batchSize),
  };
  return fitSource(model, source, { validationBatchSize: batchSize, ...given }, held ? arrayBatches(held) : undefined);
}

/** Trains on batches. @param held validation data that were split off */
export async function fitSource(model: Model, source: BatchSource, given: FitDatasetOptions, held?: BatchSource): Promise<History> {
  const epochs = positive(given.epochs ?? 1, 'fit: epochs');
  const initialEpoch = given.initialEpoch ?? 0;
  if (!Number.isInteger(initialEpoch) || initialEpoch < 0)
    throw new ConfigError(`fit: initialEpoch must be an integer, 0 or more; got ${initialEpoch}`);
  if (given.stepsPerEpoch !== undefined && given.batchesPerEpoch !== undefined)
    throw new ConfigError('fit: stepsPerEpoch and batchesPerEpoch are one option; give the first one');
  const stepsPerEpoch = given.stepsPerEpoch ?? given.batchesPerEpoch;
  if (stepsPerEpoch !== undefined) positive(stepsPerEpoch, 'fit: stepsPerEpoch');
  const validation = held ?? validationSource(model, given);
  const { signal } = given;
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function')
    throw new ConfigError(`fit: signal must be an AbortSignal, as new AbortController() has one; got ${optionKinds.show(signal)}`);
  const wanted = [...listOf(given.callbacks), ...progressShown(given.verbose ?? 0)];
  // One that is given is gone on with: a resumed run's holds the epochs before.
  const history = wanted.find(callback => callback instanceof History) ?? new History();
  const callbacks = [history, ...wanted.filter(callback => callback !== history)];
  if (model.isTraining) throw new ConfigError(`fit: the model "${model.name}" is being trained; await that fit before the next`);
  const steps = stepsPerEpoch ?? source.steps;
  if (steps === Number.POSITIVE_INFINITY)
    throw new ConfigError('fit: the data never end: say how many batches make an epoch, by stepsPerEpoch');
  const params = { epochs, initialEpoch, steps, samples: stepsPerEpoch ? null : source.samples };
  for (const callback of callbacks) callback.attach(model, params);
  model.history = history;
  model.stopTraining = false;
  let logs: Logs = {};
  let isCaptured = false;
  const breathe = breather();
  const stream = stepsPerEpoch === undefined ? null : new BatchStream(source, initialEpoch * stepsPerEpoch);
  model.isTraining = true;
  try {
    for (const callback of callbacks) await callback.onTrainBegin();
    for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      for (const callback of callbacks) await callback.onEpochBegin(epoch);
      model.tracked.reset();
      let step = 0;
      for await (const batch of stream ? stream.take(stepsPerEpoch as number) : source.batches(epoch)) {
        signal?.throwIfAborted();
        for (const callback of callbacks) await callback.onBatchBegin(step);
        logs = await model.trainStep(batch);
        // The first step builds, and gives weights their place.
        if (!isCaptured) model.captureSteps(true);
        isCaptured = true;
        for (const callback of callbacks) await callback.onBatchEnd(step, logs);
        step++;
        await breathe();
      }
      if (step === 0) throw new DataError(`there was nothing to train on in epoch ${epoch + 1}: the data gave no batch`);
      signal?.throwIfAborted();
      // A copy in which the training's figures come first, whatever validation does to the metrics.
      logs = { ...logs };
      if (validation) {
        for (const callback of callbacks) await callback.onTestBegin();
        const judged = await evaluateSourceAsync(model, validation, signal);
        for (const [key, value] of Object.entries(judged)) logs[`val_${key}`] = value;
        for (const callback of callbacks) await callback.onTestEnd(judged);
      }
      // The history is told last, so that it has what other callbacks add.
      for (const callback of [...callbacks.slice(1), history]) await callback.onEpochEnd(epoch, logs);
      for (const callback of callbacks) await callback.onEpochDone(epoch, logs);
    }
    model.optimizer.finalizeVariableValues();
  } catch (error) {
    let handled = false;
    for (const callback of callbacks) handled = (await callback.onError(error)) || handled;
    if (!handled) throw error;
  } finally {
    model.isTraining = false;
    model.captureSteps(false);
    await stream?.close();
    await endAll(callbacks, logs);
  }
  return history;
}

/** Tells all callbacks that training has ended, also when one of them fails. */
async function endAll(callbacks: readonly Callback[], logs: Logs): Promise<void> {
  const [callback, ...others] = callbacks;
  if (!callback) return;
  try {
    await callback.onTrainEnd(logs);
  } finally {
    await endAll(others, logs);
  }
}

function listOf(given: CallbacksLike | undefined): Callback[] {
  if (given === undefined) return [];
  const list = Array.isArray(given) ? (given as readonly (Callback | CallbackFunctions)[]) : [given as Callback | CallbackFunctions];
  return list.map(item => (item instanceof Callback ? item : new LambdaCallback(item)));
}

/** @throws {ConfigError} for anything but 0, 1 and 2 */
function progressShown(verbose: number): Callback[] {
  if (![0, 1, 2].includes(verbose))
    throw new ConfigError(`fit: verbose must be 0 (silent), 1 (a progress bar) or 2 (plain lines); got ${optionKinds.show(verbose)}`);
  return verbose === 0 ? [] : [new ProgressBar(verbose === 2 ? { mode: 'plain' } : {})];
}

function validationSource(model: Model, given: FitDatasetOptions): BatchSource | undefined {
  const data = given.validationData;
  if (data === undefined) return undefined;
  if (isBatchSource(data)) return data;
  if (isBatchDataset(data)) return datasetBatches(data);
  const isPair = Array.isArray(data) && (data.length === 2 || data.length === 3) && !(data instanceof Tensor) && !isHostArray(data);
  if (!isPair) throw new ConfigError('fit: validationData must be [x, y], [x, y, sampleWeight] or a data set of batches');
  const [x, y, weight] = data as readonly [ModelData, ModelData, ArrayInput?];
  return arrayBatches({
    x: toArrays(x, model.inputNames, 'validationData x'),
    y: toArrays(y, model.outputNames, 'validationData y'),
    sampleWeight: weight === undefined ? undefined : toArrays(weight, ['sampleWeight'], 'validationData sampleWeight')[0],
    batchSize: validationBatchSize(given, 32),
  });
}

/** @throws {ConfigError} for anything but a positive integer */
function validationBatchSize(given: FitDatasetOptions, otherwise: number): number {
  return positive(given.validationBatchSize ?? otherwise, 'fit: validationBatchSize');
}
