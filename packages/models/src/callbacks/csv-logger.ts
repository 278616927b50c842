import { ConfigError, type OptionTable, options } from '@jogak/ops';
import { platform } from '#platform';
import type { Logs } from '../engine/logs.js';
import type { FileStore } from '../platform/platform.js';
import { RememberingCallback } from './remembering-callback.js';

/** Options of {@link csvLogger}. */
export interface CSVLoggerOptions {
  /** The file. Folders that it stands in are made. */
  filename: string;
  /** What stands between the columns. @default ',' */
  separator?: string;
  /** Whether to write behind what the file holds, instead of beginning anew. @default false */
  append?: boolean;
}

const table: OptionTable<Required<CSVLoggerOptions>> = {
  filename: options.required(options.text()),
  separator: options.text(','),
  append: options.boolean(false),
};

type Memory = {
  /** The columns after `epoch`; null before the first epoch. */
  columns: string[] | null;
};

/**
 * Writes the figures of every epoch, in full precision, as a line of a CSV file: `epoch`, counted from 0, then the logs by name in the
 * order of the alphabet, as they are at the first epoch. A figure that a later epoch lacks is `NA`.
 *
 * @throws {ConfigError} `unsupported` where there are no files, as in a page
 * @throws {DataError} `storage` when the file cannot be written
 * @see https://keras.io/api/callbacks/csv_logger/
 */
export class CSVLogger extends RememberingCallback<Memory> {
  private readonly config: Required<CSVLoggerOptions>;
  private readonly files: FileStore;

  constructor(given: CSVLoggerOptions) {
    super();
    this.config = options.parseOptions(table, given, 'csvLogger');
    if (!platform.files)
      throw new ConfigError('csvLogger: there are no files to write to here; use the history that fit gives', { code: 'unsupported' });
    this.files = platform.files;
  }

  protected override blank(): Memory {
    return { columns: null };
  }

  override async onTrainBegin(): Promise<void> {
    super.onTrainBegin();
    if (!this.config.append && this.memory.columns === null) await this.files.write(this.config.filename, '');
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { filename } = this.config;
    const begun = this.memory.columns !== null || Boolean((await this.files.read(filename))?.length);
    const columns = this.memory.columns ?? Object.keys(logs).sort();
    this.memory.columns = columns;
    const lines = [...(begun ? [] : [['epoch', ...columns]]), [epoch, ...columns.map(column => logs[column] ?? 'NA')]];
    await this.files.append(filename, lines.map(cells => this.line(cells)).join(''));
  }

  private line(cells: readonly (string | number)[]): string {
    const { separator } = this.config;
    const quoted = cells
      .map(String)
      .map(cell => (cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
    return `${quoted.join(separator)}\n`;
  }
}

/** A {@link CSVLogger}. */
export const csvLogger = (given: CSVLoggerOptions): CSVLogger => new CSVLogger(given);
