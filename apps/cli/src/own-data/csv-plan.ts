import type { CsvSummary } from '@jogak/datasets';
import { options as config, DataError } from '@jogak/ops';

/** Most classes that a label column may have. */
const mostClasses = 1000;

/** What of a table is used, and how. */
export interface CsvPlan {
  readonly label: string;
  readonly classNames: readonly string[];
  /** The text column, or the columns of numbers. */
  readonly x: { readonly text: string } | { readonly columns: readonly string[] };
}

/** Finds out what the columns are. @throws {DataError} when they are not what a network can be trained on */
export function planCsv(file: string, { columns, rows }: CsvSummary, wanted: string | undefined): CsvPlan {
  const names = columns.map(column => column.name);
  const separator = names.length === 1 ? /[;\t]/.exec(names[0] as string)?.[0] : undefined;
  if (separator)
    throw new DataError(
      `${file} separates its columns by ${separator === ';' ? 'semicolons' : 'tabs'}; save it with commas, and numbers with points`,
    );
  const label = columns.find(column => column.name === (wanted ?? 'label')) ?? (wanted === undefined ? columns.at(-1) : undefined);
  if (!label) throw new DataError(`${file} has no column "${wanted}" for --label${config.suggestion(wanted as string, names)}`);
  const classNames = label.values;
  if (classNames?.includes(''))
    throw new DataError(`${file}: the column "${label.name}" has empty cells; give each row its class, or take the row away`);
  if (!classNames || classNames.length > mostClasses || classNames.length * 2 > rows)
    throw new DataError(
      `${file}: the column "${label.name}" has ${classNames ? classNames.length : 'more than 1,000'} different values in ${rows} rows, and is no class; name another with --label`,
    );
  if (classNames.length < 2)
    throw new DataError(`${file}: the column "${label.name}" has one class, "${classNames[0]}": two or more are needed to tell apart`);
  const others = columns.filter(column => column !== label);
  const texts = others.filter(column => !column.numbers);
  if (others.length === 0) throw new DataError(`${file} has no column beside "${label.name}" to learn from`);
  if (texts.length > 1 || (texts.length === 1 && others.length > 1))
    throw new DataError(
      `${file}: columns must all be numbers, or one text, beside the label; "${texts[0]?.name}" is not numbers${holding(texts[0]?.values)}: take it away, or make numbers of it`,
    );
  const [text] = texts;
  return { label: label.name, classNames, x: text ? { text: text.name } : { columns: others.map(column => column.name) } };
}

/** What of a column's values is no number, when the others are: then a few cells are wrong, and not the column. */
function holding(values: readonly string[] | undefined): string {
  const wrong = values?.filter(value => value === '' || !Number.isFinite(Number(value))) ?? [];
  if (wrong.length === 0 || wrong.length * 2 > (values as readonly string[]).length) return '';
  return wrong[0] === '' ? ' (some cells are empty)' : ` (a cell holds ${JSON.stringify(wrong[0])})`;
}
