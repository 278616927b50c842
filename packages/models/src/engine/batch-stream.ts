import { type Batch, DataError } from '@jogak/ops';
import type { BatchSource } from './batch-source.js';

/** A source's batches one pass after another, for epochs that are counted in steps and not in passes. */
export class BatchStream {
  private readonly batches: AsyncGenerator<Batch, void>;

  /** @param done batches that earlier epochs took: the stream begins behind them, so that a resumed run meets the same ones */
  constructor(source: BatchSource, done: number) {
    this.batches = passes(source, done);
  }

  /** The next `count` batches. The stream stays open behind them. */
  async *take(count: number): AsyncGenerator<Batch, void> {
    for (let taken = 0; taken < count; taken++) {
      const { value, done } = await this.batches.next();
      if (done) return;
      yield value;
    }
  }

  /** Lets go of what the source holds open. */
  async close(): Promise<void> {
    await this.batches.return();
  }
}

/** @throws {DataError} when a pass gives no batch: the data ran dry */
async function* passes(source: BatchSource, done: number): AsyncGenerator<Batch, void> {
  const { steps } = source;
  const known = steps !== null && Number.isFinite(steps) && steps > 0;
  let behind = known ? done % steps : done;
  for (let pass = known ? Math.floor(done / steps) : 0; ; pass++) {
    let any = false;
    for await (const batch of source.batches(pass)) {
      any = true;
      if (behind > 0) behind--;
      else yield batch;
    }
    if (!any) throw new DataError('fit: the data gave no more batches before stepsPerEpoch were done: make them repeat, or ask for fewer');
  }
}
