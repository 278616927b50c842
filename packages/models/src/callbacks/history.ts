import type { Json } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Callback } from './callback.js';

/** The figures of every epoch: what `fit` gives. */
export class History extends Callback {
  /** Numbers of the epochs, counted from 0. */
  readonly epoch: number[] = [];
  /** Figures by name, one for each epoch. */
  readonly history: { [key: string]: number[] } = {};

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [key, value] of Object.entries(logs)) {
      this.history[key] ??= [];
      this.history[key].push(value);
    }
  }

  override state(): Json {
    return { epoch: [...this.epoch], history: Object.fromEntries(Object.entries(this.history).map(([key, values]) => [key, [...values]])) };
  }

  override restore(state: Json): void {
    const { epoch, history } = state as { epoch: number[]; history: Record<string, (number | null)[]> };
    this.epoch.splice(0, this.epoch.length, ...epoch);
    // JSON has no NaN, and null in its place.
    for (const [key, values] of Object.entries(history)) this.history[key] = values.map(value => value ?? Number.NaN);
  }
}
