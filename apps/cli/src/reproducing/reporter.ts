import { formatSeconds } from '../output/format.js';
import { isTerminal, print, printJson, say, terminalColumns } from '../output/terminal.js';
import type { EpochReport } from '../training/epoch-reports.js';
import type { EndReport } from '../training/reporter.js';
import type { Comparison } from './comparison.js';
import { comparisonText, figure } from './comparison-table.js';
import type { RunResult } from './results.js';

/** Which run something is told of. */
export interface RunName {
  readonly recipe: string;
  readonly seed: number;
}

/** What is told before the first run. */
export interface ReproductionStart {
  readonly recipes: readonly string[];
  readonly seeds: readonly number[];
  /** How many runs that makes. */
  readonly runs: number;
  /** How many of them are done already. */
  readonly done: number;
  readonly out: string;
}

/** Tells how a reproduction goes. */
export interface ReproduceReporter {
  start(report: ReproductionStart): void;
  run(run: RunName & { readonly epochs: number }): void;
  epoch(run: RunName, report: EpochReport): void;
  /** @param done runs that are done, this one too */
  runEnd(result: RunResult, done: number, runs: number): void;
  end(report: EndReport, comparisons: readonly Comparison[], results: readonly RunResult[]): void;
  /** The runs were stopped by a signal. */
  stopped(message: string): void;
  /** Takes back what is shown of a run in progress: something else is about to be said. */
  pause(): void;
}

/** One JSON object a line, for programs. */
export const reproduceJsonReporter: ReproduceReporter = {
  start: report => printJson({ event: 'start', ...report }),
  run: () => {},
  epoch: (run, { logs, ...times }) => printJson({ event: 'epoch', ...run, ...times, ...logs }),
  runEnd: result => printJson({ event: 'run', ...result }),
  end: (report, comparisons) => {
    for (const { reference, ...figures } of comparisons) printJson({ event: 'result', ...figures, ...reference });
    printJson({ event: 'end', ...report });
  },
  stopped: message => printJson({ event: 'error', code: 'aborted', message }),
  pause: () => {},
};

/** Lines for people: one for every run that is done, and, on a terminal, one that shows the run in progress. */
export function reproduceTextReporter(): ReproduceReporter {
  const terminal = isTerminal();
  const clear = (): void => void (terminal && process.stdout.write('\r\u001b[2K'));
  const show = (text: string): void => void (terminal && process.stdout.write(`\r\u001b[2K${text.slice(0, terminalColumns() - 1)}`));
  return {
    start: ({ recipes, seeds, runs, done, out }) => {
      const of = `${counted(recipes.length, 'recipe')}, ${counted(seeds.length, 'seed')}`;
      print(`${of}: ${counted(runs, 'run')}${done === 0 ? '' : `, ${done} of them done`}; results go to ${out}`);
    },
    run: ({ recipe, seed, epochs }) => show(`${recipe}, seed ${seed}: epoch 1 of ${epochs}`),
    epoch: ({ recipe, seed }, { epoch, epochs, seconds, logs }) => {
      const next = epoch < epochs ? `epoch ${epoch + 1} of ${epochs}` : 'test';
      show(`${recipe}, seed ${seed}: ${next}; validation ${figure(logs.val_accuracy as number)}, ${formatSeconds(seconds)} an epoch`);
    },
    runEnd: ({ recipe, seed, validation, test, secondsPerEpoch }, done, runs) => {
      clear();
      const tested = test === null ? '' : `, test ${figure(test)}`;
      const times = secondsPerEpoch === null ? '' : `, ${formatSeconds(secondsPerEpoch)} each`;
      const epochs = counted(validation.length, 'epoch');
      print(`${recipe}, seed ${seed}: validation ${figure(validation.at(-1) as number)}${tested}; ${epochs}${times} (${done} of ${runs})`);
    },
    end: ({ seconds, out }, comparisons, results) => {
      print(`\n${comparisonText(comparisons, results, terminalColumns())}\n`);
      print(`${formatSeconds(seconds)}; results.json and the folders of the runs are in ${out}`);
    },
    stopped: say,
    pause: clear,
  };
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
