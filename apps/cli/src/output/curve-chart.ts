import asciichart from 'asciichart';
import pc from 'picocolors';
import type { RunHistory } from '../training/run-history.js';

/** The figure that says most of a run: accuracy where there is one. */
export function mainFigure({ history }: RunHistory): string | null {
  const keys = Object.keys(history);
  const metric = keys.find(key => key !== 'loss' && !key.startsWith('val_'));
  return metric ?? (keys.includes('loss') ? 'loss' : null);
}

const blocks = '▁▂▃▄▅▆▇█';

/** The validation figure over the epochs so far, in one line; null before there is a curve. */
export function sparkline(run: RunHistory, columns: number): string | null {
  const main = mainFigure(run);
  const key = main === null ? null : run.history[`val_${main}`] ? `val_${main}` : main;
  const values = key === null ? [] : (run.history[key] as number[]);
  if (key === null || values.length < 2) return null;
  const shown = values.slice(-Math.max(2, columns - key.length - 12));
  const low = Math.min(...shown);
  const range = Math.max(...shown) - low || 1;
  const line = shown.map(value => blocks[Math.round(((value - low) / range) * (blocks.length - 1))]).join('');
  return `${pc.dim(key)} ${pc.green(line)} ${(values.at(-1) as number).toPrecision(4)}`;
}

/**
 * The curves of the main figure, training and validation, as text of a terminal's width.
 *
 * @returns null for a run of fewer than two epochs: a point is no curve
 */
export function curveChart(run: RunHistory, columns: number, height = 8): string | null {
  const main = mainFigure(run);
  if (main === null || run.epoch.length < 2) return null;
  const names = [main, `val_${main}`].filter(key => run.history[key]);
  const format = (value: number): string => value.toFixed(3).padStart(9);
  const width = Math.max(2, Math.min(columns - 14, 60));
  const series = names.map(key => stretch(run.history[key] as number[], width));
  const colored = pc.isColorSupported;
  const chart = asciichart.plot(series, { height, format, ...(colored ? { colors: [asciichart.blue, asciichart.lightred] } : {}) });
  const legend = names.map((key, index) => (colored ? [pc.blue, pc.redBright][index]?.(`── ${key}`) : key)).join('   ');
  return `${chart}\n${' '.repeat(11)}epoch ${run.epoch[0]} … ${run.epoch.at(-1)}\n${legend}`;
}

/** A curve at so many places, between its values. */
export function stretch(values: readonly number[], places: number): number[] {
  return Array.from({ length: places }, (_, i) => {
    const at = (i / (places - 1)) * (values.length - 1);
    const left = Math.floor(at);
    const right = Math.min(left + 1, values.length - 1);
    return (values[left] as number) * (1 - (at - left)) + (values[right] as number) * (at - left);
  });
}
