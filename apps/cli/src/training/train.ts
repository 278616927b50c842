import { Callback, History, type Model, predictionMetadata, type RecipeData } from '@jogak/models';
import { setRandomSeed } from '@jogak/ops';
import { stringify } from 'yaml';
import { UsageError } from '../arguments/usage-error.js';
import type { TrainOptions } from '../commands/train.js';
import { startBackend } from '../computing/backend.js';
import { shellWord } from '../output/shell-word.js';
import { print, printJson, say } from '../output/terminal.js';
import { Checkpoints } from './checkpoints.js';
import { EpochReports, round } from './epoch-reports.js';
import type { Project } from './project.js';
import { jsonReporter, type Reporter, textReporter } from './reporter.js';
import { holdsRun, isRunFolder, openRunFolder, writeHistory } from './run-folder.js';
import type { RunHistory } from './run-history.js';
import { configOf, type Settings, settle } from './settings.js';
import { exitCodes, StopWatch } from './stop.js';

/**
 * Runs `jogak train`.
 *
 * @returns the exit code
 * @throws {UsageError} when it would replace a run, and was not told to
 */
export async function train(options: TrainOptions): Promise<number> {
  const { settings, project } = await settle(options);
  if (settings.printConfig) {
    const config = configOf(settings, options);
    if (settings.json) printJson(config);
    else print(stringify(config).trimEnd());
    return 0;
  }
  const { out, resume, overwrite } = settings;
  if (holdsRun(out) && !resume && !overwrite)
    throw new UsageError(`there is a run in ${out}: go on with it with --resume, replace it with --overwrite, or name another --out`);
  return runTraining(settings, project, settings.json ? jsonReporter : textReporter());
}

/** Trains, and leaves model, history, picture and checkpoint in the run's folder, also when it is stopped. @returns the exit code */
export async function runTraining(settings: Settings, project: Project, reporter: Reporter): Promise<number> {
  const began = performance.now();
  const stop = new StopWatch();
  const run: Run = { stop, history: new History(), isOpen: false };
  try {
    const { isNew } = await fit(settings, project, reporter, run);
    if (!isNew) say(doneText(settings, run.history));
  } catch (error) {
    if (!stop.caused(error)) throw error;
  } finally {
    stop.release();
  }
  if (stop.why === null || stop.why === 'time') {
    if (stop.why === 'time' && !isDone(settings, run.history)) say(stoppedText(settings, run));
    const { maxRSS } = process.resourceUsage();
    reporter.end(
      { seconds: round((performance.now() - began) / 1000), peakMemoryBytes: maxRSS * 1024, out: settings.out },
      runHistory(run.history),
    );
  } else if (stop.why !== 'pipe') reporter.stopped(stoppedText(settings, run));
  return exitCodes[stop.why ?? 'time'];
}

/** A run in progress. */
export interface Run {
  readonly stop: StopWatch;
  /** The epochs so far, those before a resume too. */
  history: History;
  /** Whether its folder is its own: before, data are loaded, and nothing is kept. */
  isOpen: boolean;
}

/** What {@link fit} trained, and on what. */
export interface Fitted {
  readonly model: Model;
  readonly data: RecipeData;
  /** Whether there was something left to train: a run that is gone on with may have all its epochs. */
  readonly isNew: boolean;
}

/** Loads, builds and trains; whatever ends it, what was reached is written. */
export async function fit(settings: Settings, project: Project, reporter: Reporter, run: Run): Promise<Fitted> {
  const { out, seed, batchSize, trainSamples, epochs } = settings;
  const { signal } = run.stop;
  const computing = await startBackend(settings);
  const data = await project.load({ seed, batchSize, signal, ...(trainSamples === undefined ? {} : { trainSamples }) });
  // Not every loader hears of the signal.
  signal.throwIfAborted();
  // Only now, so that data that cannot be read leave no folder behind, and an earlier run as it was.
  await openRunFolder(out, configOf(settings, {}), { goesOn: settings.resume === true });
  run.isOpen = true;
  setRandomSeed(seed);
  const model = project.build(data);
  model.metadata = predictionMetadata(project.name, data, { seed });
  const checkpoints = new Checkpoints(out, model, settings.checkpointEvery);
  let initialEpoch = 0;
  if (settings.resume) ({ epoch: initialEpoch, history: run.history } = await checkpoints.resume());
  const { history } = run;
  const { trainSamples: used, validationSamples } = data;
  reporter.start({
    recipe: project.name,
    ...computing,
    trainSamples: used,
    validationSamples,
    parameters: model.countParams(),
    seed,
  });
  if (initialEpoch >= epochs) return { model, data, isNew: false };
  if (settings.maxTime !== undefined) run.stop.limit(settings.maxTime);
  const reports = new EpochReports(data.train.samples ?? used, report => reporter.epoch(report, runHistory(history)));
  const files = new HistoryFiles(out, history, project.name);
  try {
    await model.fit(data.train, {
      epochs,
      initialEpoch,
      validationData: data.validation,
      callbacks: [history, ...reporter.callbacks, reports, files, checkpoints],
      signal,
    });
  } finally {
    await writeHistory(out, runHistory(history), project.name);
    await model.save(out);
    await checkpoints.flush();
  }
  return { model, data, isNew: true };
}

/** Writes the history after every epoch. */
class HistoryFiles extends Callback {
  constructor(
    private readonly folder: string,
    private readonly figures: History,
    private readonly title: string,
  ) {
    super();
  }

  override async onEpochDone(): Promise<void> {
    await writeHistory(this.folder, runHistory(this.figures), this.title);
  }
}

/** Keras counts epochs from 0; people, and our files, from 1. */
const runHistory = ({ epoch, history }: History): RunHistory => ({ epoch: epoch.map(number => number + 1), history });

const isDone = ({ epochs }: Settings, { epoch }: History): boolean => epoch.length >= epochs;

function doneText({ out, epochs }: Settings, { epoch: { length: done } }: History): string {
  if (done > epochs) return `the run in ${out} is done: ${done} epochs, which is more than --epochs ${epochs}`;
  return `the run in ${out} is done: epoch ${done} of ${epochs}; ask for more with --epochs`;
}

function stoppedText({ out, epochs, resume }: Settings, { history: { epoch }, isOpen }: Run): string {
  const goOn = `go on with: jogak train --out ${shellWord(out)} --resume`;
  if (!isOpen) return `stopped before training began; ${resume && isRunFolder(out) ? goOn : 'nothing was kept'}`;
  const after = epoch.length === 0 ? 'before the first epoch was done' : `after epoch ${(epoch.at(-1) as number) + 1} of ${epochs}`;
  return `stopped ${after}; ${goOn}`;
}
