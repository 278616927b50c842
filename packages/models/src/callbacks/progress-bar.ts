import { type Option, type OptionTable, options } from '@jogak/ops';
import { platform } from '#platform';
import type { Logs } from '../engine/logs.js';
import type { LiveLine, TextStream } from '../platform/platform.js';
import { Callback } from './callback.js';
import { finishedLines, type Progress, runningLine } from './progress-line.js';

/** Options of {@link progressBar}. */
export interface ProgressBarOptions {
  /** Where it is shown: a stream of Node's. @default stderr; where there is no Node, the console */
  stream?: TextStream;
  /** Width that no line exceeds. @default that of the terminal, asked for at every line; 80 where there is none */
  columns?: number;
  /** `bar` draws over one line, where the stream is a terminal; `plain` is two lines an epoch; `none` is silent. @default 'bar' on a terminal, unless `CI=true` */
  mode?: 'bar' | 'plain' | 'none';
}

const stream: Option<TextStream> = {
  required: false,
  parse: value => {
    if (typeof value === 'object' && value !== null && 'write' in value && typeof value.write === 'function') return value as TextStream;
    throw new options.Expected('a stream to write to, such as process.stderr');
  },
  serialize: () => null,
};

type Config = { stream: TextStream | undefined; columns: number | undefined; mode: 'bar' | 'plain' | 'none' | undefined };

const table: OptionTable<Config> = {
  stream: stream as Option<TextStream | undefined>,
  columns: options.positiveInteger() as Option<number | undefined>,
  mode: options.oneOf(['bar', 'plain', 'none']) as Option<Config['mode']>,
};

/** The epoch that runs; times in milliseconds. */
interface Epoch {
  readonly begun: number;
  steps: number;
  /** When the last step was done: what comes after is validation. */
  measured: number;
  logs: Logs;
}

/**
 * Shows how training goes, as Keras does: the steps done, a bar, the time left (in the end, the time taken), the time of a step, and the
 * figures with four significant digits.
 *
 * ```
 * Epoch 1/2
 * 1500/1500 ━━━━━━━━━━━━━━━━━━━━ 11s 7ms/step - accuracy: 0.8443 - loss: 0.4387 - val_accuracy: 0.8750 - val_loss: 0.3500
 * ```
 *
 * Times are those of the steps of this run, so that they are right after a resume. A line never wraps: where the terminal is narrow, the
 * bar is shorter, then goes, then figures do; when the epoch ends, all of them are there, on lines of their own if need be.
 */
export class ProgressBar extends Callback {
  private readonly config: Config;
  private live: LiveLine | null = null;
  private epoch: Epoch | null = null;
  /** What the line shows in the end. */
  private last: string | null = null;

  constructor(given: ProgressBarOptions = {}) {
    super();
    this.config = options.parseOptions(table, given, 'progressBar');
  }

  override onEpochBegin(epoch: number): void {
    if (this.mode === 'none') return;
    this.epoch = { begun: Date.now(), steps: 0, logs: {}, measured: Date.now() };
    this.print(`Epoch ${epoch + 1}/${this.params.epochs}`);
    if (this.mode === 'bar') this.live = platform.terminal.liveLine(this.stream, () => this.line);
  }

  override onBatchEnd(batch: number, logs: Logs): void {
    if (!this.epoch) return;
    Object.assign(this.epoch, { steps: batch + 1, logs, measured: Date.now() });
    this.live?.update();
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    if (!this.epoch) return;
    this.epoch.logs = logs;
    const [first, ...others] = finishedLines(this.progress, this.columns);
    this.close(first);
    for (const line of others) this.print(line);
  }

  /** An epoch that was broken off leaves its line as it was last, and the cursor below it. */
  override onTrainEnd(_logs: Logs): void {
    this.close();
  }

  private close(last?: string): void {
    this.last = last ?? null;
    if (this.live) this.live.end();
    else if (last !== undefined) this.print(last);
    this.live = null;
    this.last = null;
    this.epoch = null;
  }

  private get line(): string {
    return this.last ?? runningLine(this.progress, this.columns);
  }

  private get progress(): Progress {
    const { begun, steps, logs, measured } = this.epoch as Epoch;
    return {
      steps,
      total: this.params.steps,
      seconds: (Date.now() - begun) / 1000,
      secondsPerStep: steps === 0 ? null : (measured - begun) / 1000 / steps,
      logs,
    };
  }

  private get stream(): TextStream {
    return this.config.stream ?? platform.terminal.progressStream;
  }

  private get columns(): number {
    // Some pseudo-terminals say that they have none.
    return this.config.columns ?? (this.stream.columns || 80);
  }

  private get mode(): 'bar' | 'plain' | 'none' {
    return this.config.mode ?? (this.stream.isTTY && !platform.terminal.isAutomated() ? 'bar' : 'plain');
  }

  private print(line: string): void {
    this.stream.write(`${line}\n`);
  }
}

/** A {@link ProgressBar}. */
export const progressBar = (given: ProgressBarOptions = {}): ProgressBar => new ProgressBar(given);
