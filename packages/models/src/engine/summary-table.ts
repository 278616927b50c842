import { ConfigError } from '@jogak/ops';

/** Where a column's text stands. */
export type Alignment = 'left' | 'center' | 'right';

/** A column of {@link boxTable}. */
export interface Column {
  readonly header: string;
  readonly align: Alignment;
  /** Where the column ends, as a part of the width. */
  readonly end: number;
}

/**
 * The lines of a table in a box, of `width` columns at most: the layout of the Python package rich, which Keras prints with. Text
 * breaks between words; a word that is longer than its column ends in `…`.
 *
 * @throws {ConfigError} when a column would have less than four columns
 */
export function boxTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const widths = columnWidths(columns, width);
  const rule = (left: string, line: string, cross: string, right: string): string =>
    left + widths.map(size => line.repeat(size + 2)).join(cross) + right;
  const draw = (cells: readonly string[], bar: string): string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, widths[index] as number));
    const height = Math.max(...wrapped.map(lines => lines.length));
    // A header that is shorter than its neighbours stands at the bottom, other cells at the top.
    const offset = (lines: string[]): number => (bar === '┃' ? height - lines.length : 0);
    return Array.from({ length: height }, (_, line) => {
      const parts = wrapped.map((lines, index) =>
        align(lines[line - offset(lines)] ?? '', widths[index] as number, (columns[index] as Column).align),
      );
      return `${bar} ${parts.join(` ${bar} `)} ${bar}`;
    });
  };
  const body = rows.flatMap((row, index) => [...(index === 0 ? [] : [rule('├', '─', '┼', '┤')]), ...draw(row, '│')]);
  const header = columns.map(column => column.header);
  return [rule('┏', '━', '┳', '┓'), ...draw(header, '┃'), rule('┡', '━', '╇', '┩'), ...body, rule('└', '─', '┴', '┘')];
}

/** Widths of the columns' texts. */
function columnWidths(columns: readonly Column[], width: number): number[] {
  const ends = columns.map(column => Math.trunc(column.end * width));
  const widths = ends.map((end, index) => end - (ends[index - 1] ?? 0));
  if (widths.some(size => size < 4))
    throw new ConfigError(`summary: lineLength ${width} is too small for ${columns.length} columns; give a larger one`);
  // A blank on both sides of every text, and the bars between them, are taken from the columns in equal parts.
  let excess = 3 * columns.length + 1;
  return widths.map((size, index) => {
    const taken = roundHalfEven(excess / (columns.length - index));
    excess -= taken;
    return Math.max(1, size - taken);
  });
}

/** As Python rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + word.trimEnd().length > width) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map(line => line.trimEnd()).map(line => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}

function align(text: string, width: number, alignment: Alignment): string {
  if (alignment === 'left') return text.padEnd(width);
  if (alignment === 'right') return text.padStart(width);
  return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}
