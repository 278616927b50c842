/** A column of a table about things of one kind. */
export interface Column<Row> {
  readonly title: string;
  /** What its cell says of a row; null where there is nothing to say. */
  readonly text: (row: Row) => string | null;
}

/** A table written out: a title for every column, and for every row as many texts. */
export interface TableText {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Writes a table out, without the columns that have nothing to say of any row. A lone empty cell is a dash. */
export function filledColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): TableText {
  const filled = columns.filter(({ text }) => rows.some(row => text(row) !== null));
  return { titles: filled.map(({ title }) => title), rows: rows.map(row => filled.map(({ text }) => text(row) ?? '–')) };
}
