import { options as config, DataError } from '@jogak/ops';
import { Dataset } from '../pipeline/dataset.js';
import { type CsvOptions, type CsvSample, type CsvSource, namedRecords } from './csv-rows.js';
import { nameOf } from './text-stream.js';

/**
 * A table of one's own, streamed: nothing of it is held but the row at hand. The first row names the columns.
 *
 * `csv('houses.csv', { label: 'price' })` gives numbers, `csv('mails.csv', { text: 'body', label: 'kind', classNames: ['ham', 'spam'] })` texts.
 *
 * Iterating throws a `DataError` that names row and column: on a cell that is not a number, a row of another length, a quote that is not closed, a column
 * that is not there, a label that is no class.
 *
 * @throws {ConfigError} on wrong options.
 */
export function csv(source: CsvSource, options: CsvOptions): Dataset<CsvSample> {
  return Dataset.fromCsv(source, options);
}

/** What {@link inspectCsv} finds. */
export interface CsvSummary {
  /** Rows of data. */
  readonly rows: number;
  /** Columns in the order of the file. */
  readonly columns: readonly {
    readonly name: string;
    /** Mean and standard deviation, when every cell is a number: what scales the column. */
    readonly numbers?: { readonly mean: number; readonly stddev: number };
    /** The different values, sorted, when there are at most 1,000: the class names of a label. */
    readonly values?: readonly string[];
  }[];
}

const mostValues = 1000;

/**
 * Reads a table once, to find out what a recipe must know of it before it begins: rows, classes, scale.
 *
 * @throws {DataError} on a row of another length, a quote that is not closed, or a table without rows.
 */
export async function inspectCsv(source: CsvSource, options: Pick<CsvOptions, 'columnNames' | 'delimiter'> = {}): Promise<CsvSummary> {
  const { columnNames, delimiter } = config.parseOptions(
    { columnNames: config.nullable(config.listOf(config.text())), delimiter: config.text(',') },
    options,
    'inspectCsv',
  );
  let rows = 0;
  let columns: ColumnSummary[] = [];
  for await (const { names, record } of namedRecords(source, { columnNames: columnNames ?? undefined, delimiter })) {
    if (columns.length === 0) columns = names.map(name => new ColumnSummary(name));
    if (!record) continue;
    rows++;
    record.cells.forEach((cell, i) => {
      columns[i]?.add(cell.trim());
    });
  }
  if (rows === 0) throw new DataError(`${nameOf(source)} has no rows but the names of its columns`);
  return { rows, columns: columns.map(column => column.summary()) };
}

/** Mean and variance in one pass (Welford, "Note on a method for calculating corrected sums of squares and products", 1962). */
class ColumnSummary {
  private readonly values = new Set<string>();
  private count = 0;
  private mean = 0;
  private squares = 0;
  private numeric = true;

  constructor(private readonly name: string) {}

  add(cell: string): void {
    if (this.values.size <= mostValues) this.values.add(cell);
    const value = Number(cell);
    this.numeric &&= cell !== '' && Number.isFinite(value);
    if (!this.numeric) return;
    const difference = value - this.mean;
    this.mean += difference / ++this.count;
    this.squares += difference * (value - this.mean);
  }

  summary(): CsvSummary['columns'][number] {
    return {
      name: this.name,
      ...(this.numeric ? { numbers: { mean: this.mean, stddev: Math.sqrt(this.squares / this.count) } } : {}),
      ...(this.values.size <= mostValues ? { values: [...this.values].sort() } : {}),
    };
  }
}
