import { type Batch, ConfigError, DataError } from '@jogak/ops';
import type { BatchSource } from './batch-source.js';
import { breather } from './breather.js';
import type { ArrayInput } from './data.js';
import type { Logs } from './logs.js';
import type { Model } from './model.js';
import { type BatchFigures, release } from './training-step.js';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** @default 32 */
  batchSize?: number;
  /** How much each sample counts, `[samples]`. @default 1 each */
  sampleWeight?: ArrayInput;
  /** Whether to give numbers by name. @default false */
  returnDict?: boolean;
}

/** Loss and metrics over batches that are at hand. @throws {DataError} when there is none */
export function evaluateSource(model: Model, source: BatchSource): Logs {
  model.tracked.reset();
  let any = false;
  const captured = model.captureEvaluation();
  try {
    for (const batch of source.batches(0) as Iterable<Batch>) {
      any = true;
      const figures = captured ? model.capturedFigures(batch, captured) : model.computeFigures(batch);
      track(model, figures, figures.figures.dataSync());
    }
  } finally {
    captured?.dispose();
  }
  return figuresOf(model, any);
}

/**
 * {@link evaluateSource} over batches that arrive.
 *
 * @param signal ends it, with its reason, between two batches
 * @throws {ConfigError} when they never end
 */
export async function evaluateSourceAsync(model: Model, source: BatchSource, signal?: AbortSignal): Promise<Logs> {
  if (source.steps === Number.POSITIVE_INFINITY)
    throw new ConfigError('the data to evaluate never end: take(batches) some of them, or do not repeat them');
  model.tracked.reset();
  const breathe = breather();
  let any = false;
  const captured = model.captureEvaluation();
  try {
    for await (const batch of source.batches(0)) {
      any = true;
      signal?.throwIfAborted();
      const figures = captured ? model.capturedFigures(batch, captured) : model.computeFigures(batch);
      track(model, figures, await figures.figures.data());
      await breathe();
    }
  } finally {
    captured?.dispose();
  }
  return figuresOf(model, any);
}

/** Figures over nothing would all be 0, and a loss of 0 the best there is. */
function figuresOf(model: Model, any: boolean): Logs {
  if (!any) throw new DataError('there is nothing to evaluate: the data gave no batch');
  return model.tracked.logs();
}

function track(model: Model, figures: BatchFigures, values: ArrayLike<number>): void {
  model.tracked.add(values, figures.metricSizes, figures.samples);
  release(figures);
}
