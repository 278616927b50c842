import { ConfigError, type Option, options } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import type { Model } from '../engine/model.js';

/** Whether low or high figures are better; `auto` is what the metric says of itself. */
export type MonitorMode = 'auto' | 'min' | 'max';

/** Options of callbacks that watch a figure. */
export interface MonitorOptions {
  /** The figure's key in the logs. @default 'val_loss' */
  monitor?: string;
  /** @default 'auto': the direction that the loss or metric says of itself */
  mode?: MonitorMode;
  /** Whether to say what is done, 0 or 1. @default 0 */
  verbose?: 0 | 1;
}

/** How much to say. */
export const verboseOption: Option<0 | 1> = {
  required: false,
  default: 0,
  parse: value => {
    if (value === 0 || value === false) return 0;
    if (value === 1 || value === true) return 1;
    throw new options.Expected('0 or 1');
  },
  serialize: value => value,
};

/** The table of {@link MonitorOptions}. */
export const monitorOptions: { monitor: Option<string>; mode: Option<MonitorMode>; verbose: Option<0 | 1> } = {
  monitor: options.text('val_loss'),
  mode: options.oneOf<MonitorMode>(['auto', 'min', 'max'], 'auto'),
  verbose: verboseOption,
};

/** Reads a figure from the logs and compares it with an earlier one. */
export class Monitor {
  /** @param where the callback, as messages name it */
  constructor(
    private readonly where: string,
    private readonly key: string,
    private readonly mode: MonitorMode,
    private readonly minDelta = 0,
  ) {}

  /** @throws {ConfigError} when the logs do not have the figure: it names those that they have */
  read(logs: Logs): number {
    const value = logs[this.key];
    if (value !== undefined) return value;
    const hint = this.key.startsWith('val_') && !Object.keys(logs).some(key => key.startsWith('val_')) ? '. Give fit validation data' : '';
    throw new ConfigError(
      `${this.where}: there is no figure "${this.key}" to monitor; there are: ${Object.keys(logs).join(', ') || 'none'}${hint}`,
    );
  }

  /**
   * Whether `value` is better than `reference` by more than the smallest change that counts. Anything finite is better than nothing;
   * what is not finite is never better.
   *
   * @throws {ConfigError} when `mode` is `auto` and it is not known which direction is better
   */
  isBetter(model: Model, value: number, reference: number | null): boolean {
    const lower = this.direction(model) === 'min';
    if (!Number.isFinite(value)) return false;
    if (reference === null) return true;
    return lower ? value + this.minDelta < reference : value - this.minDelta > reference;
  }

  private direction(model: Model): 'min' | 'max' {
    if (this.mode !== 'auto') return this.mode;
    const unknown = `${this.where}: it is not known whether "${this.key}" is better high or low; say mode: "min" or mode: "max"`;
    let direction: 'min' | 'max' | 'none';
    try {
      direction = model.directionOf(this.key);
    } catch (error) {
      // A figure that another callback put into the logs, say.
      throw new ConfigError(unknown, { cause: error });
    }
    if (direction === 'none') throw new ConfigError(unknown);
    return direction;
  }
}
