import { setImmediate } from 'node:timers/promises';
import { type BatchSource, History, resultSpread } from '@jogak/models';
import { type EpochReport, round } from '../training/epoch-reports.js';
import type { Reporter, StartReport } from '../training/reporter.js';
import type { StopWatch } from '../training/stop.js';
import { fit } from '../training/train.js';
import { thisMachine } from './machine.js';
import type { Job } from './plan.js';
import type { RunResult } from './results.js';

/** Trains a run to its end and judges it on the test part. What is there of it already is not trained again. */
export async function runJob(
  { recipe, settings, project }: Job,
  stop: StopWatch,
  onEpoch: (report: EpochReport) => void,
): Promise<RunResult> {
  const seconds: number[] = [];
  let started: StartReport | null = null;
  const watcher: Reporter = {
    callbacks: [],
    start: report => {
      started = report;
    },
    epoch: report => {
      seconds.push(report.seconds);
      onEpoch(report);
    },
    end: () => {},
    stopped: () => {},
  };
  const run = { stop, history: new History(), isOpen: false };
  const { model, data } = await fit(settings, project, watcher, run);
  try {
    const tested = data.test && (await model.evaluateDataset(stoppable(data.test, stop.signal)));
    const { backend, threads } = started as unknown as StartReport;
    const median = resultSpread(seconds)?.median;
    return {
      recipe,
      seed: settings.seed,
      validation: run.history.history.val_accuracy as number[],
      test: tested ? (tested.accuracy as number) : null,
      secondsPerEpoch: median === undefined ? null : round(median),
      machine: thisMachine(backend, threads),
      date: new Date().toISOString().slice(0, 10),
    };
  } finally {
    model.dispose();
  }
}

/** The same batches, until a signal: between two of them signals are heard. */
function stoppable(source: BatchSource, signal: AbortSignal): BatchSource {
  return {
    ...source,
    async *batches(epoch) {
      for await (const batch of source.batches(epoch)) {
        await setImmediate();
        signal.throwIfAborted();
        yield batch;
      }
    },
  };
}
