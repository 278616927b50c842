import { mainFigure } from '../output/curve-chart.js';
import type { RunHistory } from '../training/run-history.js';
import { type Curve, escapeXml, markerSvg, type Panel, panelSvg } from './panel.js';

/** Options of {@link historySvg}. */
export interface HistorySvgOptions {
  /** Stands above the panels. */
  title: string;
}

const panelBox = { top: 84, width: 330, height: 220 } as const;
const margin = { left: 78, right: 24 } as const;
const height = 364;

/** Light, and dark where the reader's system is. */
const style = `
  .paper { fill: #ffffff }
  text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; fill: #1f2937 }
  .title { font-size: 17px; font-weight: 600 }
  .label, .legend { font-size: 13px }
  .tick { font-size: 12px; fill: #4b5563 }
  .grid { stroke: #e5e7eb }
  .axis { stroke: #9ca3af; fill: none }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
  .curve.training { stroke: #2563eb }
  .curve.validation { stroke: #c2410c }
  .point.training { fill: #2563eb }
  .point.validation { fill: #c2410c }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #111827 }
    text { fill: #e5e7eb }
    .tick { fill: #9ca3af }
    .grid { stroke: #293548 }
    .axis { stroke: #6b7280 }
    .curve.training { stroke: #60a5fa }
    .curve.validation { stroke: #fb923c }
    .point.training { fill: #60a5fa }
    .point.validation { fill: #fb923c }
  }`;

/**
 * The curves of a run as a picture: loss, and beside it accuracy (or whatever metric comes first), each of training and validation. The same
 * history gives the same text.
 *
 * @param run of one epoch or more
 */
export function historySvg(run: RunHistory, { title }: HistorySvgOptions): string {
  const main = mainFigure(run);
  const panels = [...new Set(['loss', ...(main === null ? [] : [main])])]
    .filter(key => run.history[key])
    .map((key): Panel => ({ label: key, epochs: run.epoch, curves: curvesOf(run, key) }));
  const step = margin.left + panelBox.width + margin.right;
  const width = Math.max(1, panels.length) * step;
  const hasValidation = panels.some(panel => panel.curves.length > 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(`Curves of ${title}: ${panels.map(panel => panel.label).join(' and ')} over epochs`)}">`,
    `<style>${style}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${margin.left}" y="34">${escapeXml(title)}</text>`,
    ...legend('training', margin.left),
    ...(hasValidation ? legend('validation', margin.left + 104) : []),
    ...panels.map((panel, index) => panelSvg(panel, { ...panelBox, left: margin.left + index * step })),
    '</svg>',
    '',
  ].join('\n');
}

function curvesOf({ history }: RunHistory, key: string): Curve[] {
  const curves: Curve[] = [{ style: 'training', values: history[key] as number[] }];
  const validation = history[`val_${key}`];
  return validation ? [...curves, { style: 'validation', values: validation }] : curves;
}

function legend(name: Curve['style'], left: number): string[] {
  const y = 57;
  return [
    `<path class="curve ${name}" d="M${left} ${y}h24"/>`,
    markerSvg(name, left + 12, y),
    `<text class="legend" x="${left + 31}" y="${y}" dy="0.33em">${name}</text>`,
  ];
}
