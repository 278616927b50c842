import Table from 'cli-table3';
import pc from 'picocolors';
import { plainBorders } from './plain-borders.js';

/**
 * A confusion matrix as text: a row for each class as it is, a column for each class it was taken for, and how much of the class was found.
 * Where the columns would not fit with their names, they have the numbers of the rows.
 */
export function confusionTable(matrix: readonly (readonly number[])[], classNames: readonly string[], columns: number): string {
  const names = matrix.map((_, index) => classNames[index] ?? String(index));
  const digits = Math.max(...matrix.flat().map(count => String(count).length));
  const widest = Math.max(...names.map(name => name.length), digits);
  const fits = Math.max(widest, corner.length) + names.length * (widest + 2) + 10 <= columns;
  const heads = names.map((name, index) => (fits ? name : String(index)));
  const table = new Table({
    head: [corner, ...heads, 'found'],
    colAligns: ['left', ...heads.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true, 'padding-left': fits ? 2 : 1, 'padding-right': 0 },
    chars: plainBorders,
  });
  for (const [row, counts] of matrix.entries()) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const cells = counts.map((count, column) => (column === row ? pc.green(String(count)) : count === 0 ? pc.dim('0') : String(count)));
    const name = fits ? names[row] : `${row} ${names[row]}`;
    table.push([name as string, ...cells, total === 0 ? '–' : `${(((counts[row] as number) / total) * 100).toFixed(1)} %`]);
  }
  return table.toString();
}

const corner = 'is \\ taken for';
