import type { Json } from '@jogak/ops';
import { Callback } from './callback.js';

/**
 * A callback that learns as training goes. What it has learnt is one JSON object, its memory: blank when `fit` begins, unless it was
 * restored from a checkpoint just before, so that a resumed run decides as an unbroken one.
 */
export abstract class RememberingCallback<Memory extends { [key: string]: Json }> extends Callback {
  private kept: Memory | null = null;
  private goesOn = false;

  /** What was learnt so far. */
  protected get memory(): Memory {
    this.kept ??= this.blank();
    return this.kept;
  }

  /** What is remembered before anything was learnt. */
  protected abstract blank(): Memory;

  override onTrainBegin(): void | Promise<void> {
    if (!this.goesOn) this.kept = null;
    this.goesOn = false;
  }

  override state(): Json {
    return structuredClone(this.memory);
  }

  override restore(state: Json): void {
    this.kept = structuredClone(state) as Memory;
    this.goesOn = true;
  }
}
