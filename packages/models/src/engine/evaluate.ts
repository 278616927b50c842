import type { Batch } from '@jogak/ops';
import type { BatchSource } from './batch-source.js';
import type { ArrayInput } from './data.js';
import type { Logs } from './logs.js';
import { type BatchFigures, type Model, release } from './model.js';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** @default 32 */
  batchSize?: number;
  /** How much each sample counts, `[samples]`. @default 1 each */
  sampleWeight?: ArrayInput;
  /** Whether to give numbers by name. @default false */
  returnDict?: boolean;
}

/** Loss and metrics over batches that are at hand. */
export function evaluateSource(model: Model, source: BatchSource): Logs {
  model.tracked.reset();
  for (const batch of source.batches(0) as Iterable<Batch>) {
    const figures = model.computeFigures(batch);
    track(model, figures, figures.figures.dataSync());
  }
  return model.tracked.logs();
}

/** {@link evaluateSource} over batches that arrive. @param signal ends it, with its reason, between two batches */
export async function evaluateSourceAsync(model: Model, source: BatchSource, signal?: AbortSignal): Promise<Logs> {
  model.tracked.reset();
  for await (const batch of source.batches(0)) {
    signal?.throwIfAborted();
    const figures = model.computeFigures(batch);
    track(model, figures, await figures.figures.data());
  }
  return model.tracked.logs();
}

function track(model: Model, figures: BatchFigures, values: ArrayLike<number>): void {
  model.tracked.add(values, figures.metricSizes, figures.samples);
  release(figures);
}
