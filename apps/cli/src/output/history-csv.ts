import type { RunHistory } from '../training/run-history.js';

/** A history as CSV: `epoch`, counted from 1, then the figures, in full precision. */
export function historyCsv({ epoch, history }: RunHistory): string {
  const keys = Object.keys(history);
  const rows = epoch.map((number, index) => [number, ...keys.map(key => history[key]?.[index] ?? '')].join(','));
  return `${[['epoch', ...keys].join(','), ...rows].join('\n')}\n`;
}
