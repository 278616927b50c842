import { Callback, type Logs } from '@jogak/models';

/** What is told of an epoch, in the keys of `--json`. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly seconds: number;
  /** Without validation. */
  readonly trainSeconds: number;
  readonly samplesPerSecond: number;
  readonly logs: Logs;
}

/** Times epochs, training apart from validation, and reports them. */
export class EpochReports extends Callback {
  private begun = 0;
  private ended = 0;
  private stepsDone: number | null = null;

  /** @param samples that an epoch trains on */
  constructor(
    private readonly samples: number,
    private readonly report: (report: EpochReport) => void,
  ) {
    super();
  }

  override onEpochBegin(): void {
    this.begun = performance.now();
    this.stepsDone = null;
  }

  override onTestBegin(): void {
    this.stepsDone = performance.now();
  }

  override onEpochEnd(): void {
    this.ended = performance.now();
  }

  /** When the history has the epoch, too. */
  override onEpochDone(epoch: number, logs: Logs): void {
    const trainSeconds = ((this.stepsDone ?? this.ended) - this.begun) / 1000;
    this.report({
      epoch: epoch + 1,
      epochs: this.params.epochs,
      seconds: round((this.ended - this.begun) / 1000),
      trainSeconds: round(trainSeconds),
      samplesPerSecond: round(this.samples / trainSeconds),
      logs,
    });
  }
}

/** To the millisecond. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;
