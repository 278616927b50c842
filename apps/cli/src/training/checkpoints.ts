import { join } from 'node:path';
import { Callback, History, loadCheckpoint, type Model, saveCheckpoint } from '@jogak/models';
import { type io, isJogakError } from '@jogak/ops';
import { checkpointName } from './run-folder.js';

/**
 * Checkpoints of a run: on disk after every so many epochs, and in memory the last epoch that was done and is not on disk, so that a run that
 * is stopped in the midst of an epoch can go on from its beginning.
 */
export class Checkpoints extends Callback {
  private readonly path: string;
  /** The last epoch that was done; null when it is on disk. */
  private unsaved: { epoch: number; artifacts: io.ModelArtifacts } | null = null;

  constructor(
    folder: string,
    private readonly network: Model,
    private readonly every: number,
  ) {
    super();
    this.path = join(folder, checkpointName);
  }

  /**
   * Puts the model back to where the run was.
   *
   * @returns the epochs that are done, and their history; none where there is no checkpoint
   * @throws {FormatError} when it is damaged, or of another network
   */
  async resume(): Promise<{ epoch: number; history: History }> {
    try {
      return await loadCheckpoint(this.network, this.path);
    } catch (error) {
      if (isJogakError(error, 'data-missing')) return { epoch: 0, history: new History() };
      throw error;
    }
  }

  override async onTrainBegin(): Promise<void> {
    await this.remember(this.params.initialEpoch);
  }

  override async onEpochDone(epoch: number): Promise<void> {
    const done = epoch + 1;
    const isDue = done % this.every === 0 || done === this.params.epochs;
    if (!isDue) return this.remember(done);
    await saveCheckpoint(this.network, this.path, { epoch: done });
    this.unsaved = null;
  }

  /** Writes what is not on disk yet. The model is then as it was after the last epoch that was done. */
  async flush(): Promise<void> {
    if (!this.unsaved) return;
    const { epoch, artifacts } = this.unsaved;
    await loadCheckpoint(this.network, { load: async () => artifacts });
    await saveCheckpoint(this.network, this.path, { epoch });
    this.unsaved = null;
  }

  private async remember(epoch: number): Promise<void> {
    await saveCheckpoint(this.network, { save: async artifacts => void (this.unsaved = { epoch, artifacts }) }, { epoch });
  }
}
