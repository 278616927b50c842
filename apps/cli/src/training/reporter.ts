import { type Callback, callbacks, type Logs } from '@jogak/models';
import { backendText } from '../computing/backend.js';
import { curveChart, sparkline } from '../output/curve-chart.js';
import { formatSeconds } from '../output/format.js';
import { isTerminal, print, printJson, say, terminalColumns } from '../output/terminal.js';
import type { EpochReport } from './epoch-reports.js';
import type { RunHistory } from './run-history.js';

/** What is told before training. */
export interface StartReport {
  readonly recipe: string;
  readonly backend: string;
  readonly threads: number;
  readonly trainSamples: number;
  readonly validationSamples: number;
  readonly parameters: number;
  readonly seed: number;
}

/** What is told after training. */
export interface EndReport {
  readonly seconds: number;
  readonly peakMemoryBytes: number;
  readonly out: string;
}

/** Tells how a run goes. */
export interface Reporter {
  /** What shows the steps of an epoch. */
  readonly callbacks: readonly Callback[];
  start(report: StartReport): void;
  epoch(report: EpochReport, history: RunHistory): void;
  end(report: EndReport, history: RunHistory): void;
  /** The run was stopped by a signal. */
  stopped(message: string): void;
}

/** One JSON object a line, for programs. */
export const jsonReporter: Reporter = {
  callbacks: [],
  start: report => printJson({ event: 'start', ...report }),
  epoch: ({ logs, ...times }) => printJson({ event: 'epoch', ...times, ...logs }),
  end: report => printJson({ event: 'end', ...report }),
  stopped: message => printJson({ event: 'error', code: 'aborted', message }),
};

/** Lines for people: with a bar and curves on a terminal, without elsewhere. */
export function textReporter(): Reporter {
  const terminal = isTerminal();
  return {
    callbacks: [callbacks.progressBar({ stream: process.stdout, mode: terminal ? 'bar' : 'plain' })],
    start: ({ recipe, trainSamples, validationSamples, parameters, backend, threads, seed }) => {
      const number = (value: number): string => value.toLocaleString('en');
      print(
        `${recipe}: ${number(parameters)} parameters, ${number(trainSamples)} samples to train on, ${number(validationSamples)} to validate\n${backendText({ backend, threads })}, seed ${seed}`,
      );
    },
    epoch: (_report, history) => {
      const line = terminal ? sparkline(history, terminalColumns()) : null;
      if (line) print(line);
    },
    end: ({ seconds, out }, history) => {
      if (terminal) {
        const chart = curveChart(history, terminalColumns());
        if (chart) print(`\n${chart}\n`);
      }
      const epochs = history.epoch.length;
      const done = epochs === 0 ? 'no epoch was done' : `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}: ${figures(history)}`;
      print(`${formatSeconds(seconds)}; ${done}`);
      print(`model.json, history.json, history.csv${epochs === 0 ? '' : ', history.svg'} and config.json are in ${out}`);
    },
    stopped: say,
  };
}

/** The last epoch's figures, with four significant digits. */
function figures({ history }: RunHistory): string {
  const last: Logs = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values.at(-1) as number]));
  return Object.entries(last)
    .map(([key, value]) => `${key} ${value.toPrecision(4)}`)
    .join(', ');
}
