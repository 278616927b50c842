import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** A curve: its class in the style sheet, and a value for each epoch. */
export interface Curve {
  readonly style: 'training' | 'validation';
  readonly values: readonly number[];
}

/** A chart of curves over epochs. */
export interface Panel {
  /** What the vertical axis shows. */
  readonly label: string;
  /** Numbers of the epochs, increasing. */
  readonly epochs: readonly number[];
  readonly curves: readonly Curve[];
}

/** Where a panel's axes stand, in the picture's units. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Scale = ScaleLinear<number, number>;

/** Above so many epochs, points would run into each other. */
const mostPoints = 40;

/** A panel as SVG: grid, axes with their labels, curves. Numbers have one decimal, so that the same curves are the same text. */
export function panelSvg({ label, epochs, curves }: Panel, box: Box): string {
  const [first, last] = [epochs[0] as number, epochs.at(-1) as number];
  const x = scaleLinear([first, last], [box.left, box.left + box.width]);
  // One epoch is a point in the middle.
  if (first === last) x.domain([first - 0.5, last + 0.5]);
  const y = scaleLinear(rangeOf(curves), [box.top + box.height, box.top]).nice(5);
  return ['<g>', ...yAxis(y, label, box), ...xAxis(x, epochs, box), ...curves.flatMap(curve => curveSvg(curve, epochs, x, y)), '</g>'].join(
    '\n',
  );
}

/** The smallest and largest value; a little room around values that are all the same. */
function rangeOf(curves: readonly Curve[]): [number, number] {
  const values = curves.flatMap(curve => curve.values.filter(Number.isFinite));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = low === high ? Math.max(Math.abs(low) * 0.1, 0.01) : 0;
  return [low - margin, high + margin];
}

function yAxis(y: Scale, label: string, { left, top, width, height }: Box): string[] {
  const format = y.tickFormat(5);
  const grid = y.ticks(5).map(tick => {
    const at = coordinate(y(tick));
    return `<path class="grid" d="M${left} ${at}h${width}"/><text class="tick" x="${left - 8}" y="${at}" dy="0.32em" text-anchor="end">${format(tick)}</text>`;
  });
  const middle = top + height / 2;
  return [
    ...grid,
    `<text class="label" transform="translate(${left - 50} ${middle}) rotate(-90)" text-anchor="middle">${escapeXml(label)}</text>`,
  ];
}

function xAxis(x: Scale, epochs: readonly number[], { left, top, width, height }: Box): string[] {
  const bottom = top + height;
  const known = new Set(epochs);
  const ticks = x.ticks(Math.min(8, epochs.length)).filter(tick => known.has(tick));
  return [
    `<path class="axis" d="M${left} ${bottom}h${width}"/>`,
    ...ticks.map(
      tick =>
        `<path class="axis" d="M${coordinate(x(tick))} ${bottom}v5"/><text class="tick" x="${coordinate(x(tick))}" y="${bottom + 19}" text-anchor="middle">${tick}</text>`,
    ),
    `<text class="label" x="${left + width / 2}" y="${bottom + 40}" text-anchor="middle">epoch</text>`,
  ];
}

function curveSvg({ style, values }: Curve, epochs: readonly number[], x: Scale, y: Scale): string[] {
  const points = values
    .map((value, index) => [x(epochs[index] as number), y(value)] as [number, number])
    .filter(([, at]) => Number.isFinite(at));
  const path = line().digits(1)(points);
  return [
    ...(points.length > 1 ? [`<path class="curve ${style}" d="${path}"/>`] : []),
    ...(points.length <= mostPoints ? points.map(([cx, cy]) => markerSvg(style, cx, cy)) : []),
  ];
}

/** A disc for training, a square for validation: told apart without colour. */
export function markerSvg(style: Curve['style'], cx: number, cy: number): string {
  return style === 'training'
    ? `<circle class="point training" cx="${coordinate(cx)}" cy="${coordinate(cy)}" r="3.5"/>`
    : `<rect class="point validation" x="${coordinate(cx - 3.2)}" y="${coordinate(cy - 3.2)}" width="6.4" height="6.4"/>`;
}

const coordinate = (value: number): number => Math.round(value * 10) / 10;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it may stand between tags. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, character => entities[character] as string);
