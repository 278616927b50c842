import { isJogakError } from '@jogak/ops';
import { onBrokenPipe } from '../output/output-failure.js';
import { isTerminal } from '../output/terminal.js';

/** Why training ends before its last epoch. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'time' | 'pipe';

/** The reason of the signal that ends training. */
export class Stop extends Error {
  constructor(readonly why: StopReason) {
    super(`stopped: ${why}`);
  }
}

/** Exit code of a run that was stopped: those of the signals, success when its time was over, failure when nobody reads its output. */
export const exitCodes: Readonly<Record<StopReason, number>> = { SIGINT: 130, SIGTERM: 143, time: 0, pipe: 1 };

/** Shows the cursor, wherever a progress line left it, and leaves that line. */
const leaveLine = '\u001b[?25h\n';

/** What may end a run: Ctrl-C, SIGTERM, the time that it may take, a reader that has gone. */
export class StopWatch {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private readonly releases: (() => void)[] = [];

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      const listen = (): void => this.onSignal(name);
      process.on(name, listen);
      this.releases.push(() => process.off(name, listen));
    }
    this.releases.push(onBrokenPipe(() => this.stop('pipe')));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the run was stopped; null while it was not. */
  get why(): StopReason | null {
    return this.signal.aborted ? (this.signal.reason as Stop).why : null;
  }

  /** Whether an error is but what stopping makes of a run: the signal's reason, or a loader's word for it. */
  caused(error: unknown): boolean {
    return this.signal.aborted && (error === this.signal.reason || isJogakError(error, 'aborted'));
  }

  /** Stops the run when so many seconds are over. */
  limit(seconds: number): void {
    this.timer = setTimeout(() => this.stop('time'), Math.min(seconds * 1000, 0x7fffffff));
  }

  /** No longer listens; the next signal ends the process. */
  release(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const release of this.releases.splice(0)) release();
  }

  private stop(why: StopReason): void {
    if (!this.signal.aborted) this.controller.abort(new Stop(why));
  }

  /** The first one lets the step in hand be finished and files be written; the second ends at once. */
  private onSignal(name: 'SIGINT' | 'SIGTERM'): void {
    if (this.why === 'SIGINT' || this.why === 'SIGTERM') {
      if (isTerminal()) process.stdout.write(leaveLine);
      process.exit(exitCodes[name]);
    }
    this.stop(name);
  }
}
