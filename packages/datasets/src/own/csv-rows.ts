import { ConfigError, options as config, DataError, type HostArray, hostArray } from '@jogak/ops';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { nameOf, type TextSource } from './text-stream.js';

/** Where a table comes from. */
export type CsvSource = TextSource;

/** Options of {@link csv}. */
export interface CsvOptions {
  /** Column with what is to be predicted; without it samples have no `y`. */
  label?: string;
  /** What the label column holds, in the order of the class numbers. @default none: labels are numbers */
  classNames?: readonly string[];
  /** Columns with numbers, which become `x`. @default all but the label's */
  columns?: readonly string[];
  /** Column with a text, which becomes `x` instead. */
  text?: string;
  /** Names of the columns, when the first row of the file has none but is data. */
  columnNames?: readonly string[];
  /** What separates cells. @default ',' */
  delimiter?: string;
}

/** A row of a table. */
export interface CsvSample {
  /** `float32 [columns]`, or the text. */
  readonly x: HostArray | string;
  /** `int32 []`, the class, with `classNames`; else `float32 []`. */
  readonly y?: HostArray;
}

const optional = <T>(option: config.Option<T>): config.Option<T | undefined> => option as config.Option<T | undefined>;

type ParsedOptions = { [Key in keyof CsvOptions]-?: CsvOptions[Key] | undefined } & { delimiter: string };

const table: config.OptionTable<ParsedOptions> = {
  label: optional(config.text()),
  classNames: optional(config.listOf(config.text(), undefined, 'a list of texts')),
  columns: optional(config.listOf(config.text(), undefined, 'a list of texts')),
  text: optional(config.text()),
  columnNames: optional(config.listOf(config.text(), undefined, 'a list of texts')),
  delimiter: config.text(','),
};

function parse(options: CsvOptions): ParsedOptions {
  const parsed = config.parseOptions(table, options, 'csv');
  if (parsed.text !== undefined && parsed.columns !== undefined) throw new ConfigError('csv: x is a text or columns of numbers; got both');
  if (parsed.classNames !== undefined && parsed.label === undefined) throw new ConfigError('csv: classNames needs a label column');
  if (parsed.delimiter.length !== 1) throw new ConfigError(`csv: delimiter must be one character; got ${config.show(parsed.delimiter)}`);
  return parsed;
}

/**
 * The rows of a table as samples: a function that streams them from the start each time it is called.
 *
 * @throws {ConfigError} on wrong options; the stream throws a `DataError` that names row and column.
 */
export function csvRows(source: CsvSource, options: CsvOptions): () => AsyncGenerator<CsvSample> {
  const parsed = parse(options);
  return () => rows(source, parsed);
}

async function* rows(source: CsvSource, options: ParsedOptions): AsyncGenerator<CsvSample> {
  let toSample: ((record: CsvRecord) => CsvSample) | undefined;
  for await (const { names, record } of namedRecords(source, options)) {
    toSample ??= sampler(nameOf(source), names, options);
    if (record) yield toSample(record);
  }
}

/** Records with the names of their cells, which all have; the first comes without a record when the file's first row is the names. */
export async function* namedRecords(
  source: CsvSource,
  { columnNames, delimiter }: Pick<ParsedOptions, 'columnNames' | 'delimiter'>,
): AsyncGenerator<{ names: readonly string[]; record?: CsvRecord }> {
  let names = columnNames;
  for await (const record of csvRecords(source, delimiter)) {
    if (!names) {
      names = record.cells.map(cell => cell.trim());
      yield { names };
      continue;
    }
    if (record.cells.length !== names.length)
      throw new DataError(
        `${nameOf(source)}, row ${record.row} has ${record.cells.length} cells; there are ${names.length} columns: ${names.join(', ')}`,
      );
    yield { names, record };
  }
  if (!names) throw new DataError(`${nameOf(source)} is empty: expected a row with the names of the columns`);
}

/** How a record becomes a sample, once the columns are known. */
function sampler(where: string, names: readonly string[], options: ParsedOptions): (record: CsvRecord) => CsvSample {
  const { label, text, classNames } = options;
  const indexOf = (name: string): number => {
    const index = names.indexOf(name);
    if (index < 0) throw new DataError(`${where} has no column "${name}"${config.suggestion(name, names)}`);
    return index;
  };
  const labelIndex = label === undefined ? undefined : indexOf(label);
  const textIndex = text === undefined ? undefined : indexOf(text);
  const indices = (options.columns ?? names.filter(name => name !== label)).map(indexOf);
  const numberAt = ({ row, cells }: CsvRecord, index: number): number => {
    const cell = (cells[index] as string).trim();
    const value = Number(cell);
    if (cell === '' || !Number.isFinite(value))
      throw new DataError(`${where}, row ${row}, column "${names[index]}": ${config.show(cells[index])} is not a number`);
    return value;
  };
  const classAt = ({ row, cells }: CsvRecord, index: number): number => {
    const found = (classNames as readonly string[]).indexOf((cells[index] as string).trim());
    if (found < 0)
      throw new DataError(
        `${where}, row ${row}, column "${label}": ${config.show(cells[index])} is no class; there are ${classNames?.join(', ')}`,
      );
    return found;
  };
  return record => {
    const x =
      textIndex === undefined
        ? hostArray(Float32Array.from(indices, index => numberAt(record, index)))
        : (record.cells[textIndex] as string);
    if (labelIndex === undefined) return { x };
    const y = classNames
      ? hostArray(Int32Array.of(classAt(record, labelIndex)), [])
      : hostArray(Float32Array.of(numberAt(record, labelIndex)), []);
    return { x, y };
  };
}
