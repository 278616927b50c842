import type { Logs } from '../engine/logs.js';

/** How far an epoch has come. */
export interface Progress {
  readonly steps: number;
  /** Steps of the epoch; null when it is not known. */
  readonly total: number | null;
  /** Seconds since the epoch began. */
  readonly seconds: number;
  /** Seconds a step takes; null before the first is done. */
  readonly secondsPerStep: number | null;
  readonly logs: Logs;
}

const longestBar = 20;
const shortestBar = 5;

/** One line of at most `columns` columns, the last left free: a terminal wraps when it is written to. */
export function runningLine(progress: Progress, columns: number): string {
  const { steps, total, secondsPerStep } = progress;
  const left = total === null || secondsPerStep === null ? null : (total - steps) * secondsPerStep;
  const head = total === null ? `${steps}/Unknown` : `${String(steps).padStart(String(total).length)}/${total}`;
  const pace = [duration(left ?? progress.seconds), ...stepTime(secondsPerStep)].join(' ');
  let room = columns - 1 - head.length - 1 - pace.length;
  // Figures go before the bar, which says no more than the count of the steps does.
  const shown = figuresOf(progress.logs).filter(figure => {
    if (figure.length > room) return false;
    room -= figure.length;
    return true;
  });
  const bar = Math.min(longestBar, room - 1);
  const parts = bar >= shortestBar && total !== null ? [head, barOf(steps / total, bar), pace] : [head, pace];
  return (parts.join(' ') + shown.join('')).slice(0, columns - 1);
}

/** The lines of an epoch that is over: all figures, on as many lines as it takes. */
export function finishedLines(progress: Progress, columns: number): string[] {
  const { steps, seconds, secondsPerStep } = progress;
  const head = `${steps}/${steps}`;
  const pace = [duration(seconds), ...stepTime(secondsPerStep)].join(' ');
  const figures = figuresOf(progress.logs);
  const whole = (bar: number): string => [head, ...(bar > 0 ? [barOf(1, bar)] : []), pace].join(' ') + figures.join('');
  const bar = Math.min(longestBar, columns - 2 - whole(0).length);
  if (bar >= shortestBar) return [whole(bar)];
  const lines = [`${head} ${pace}`];
  for (const figure of figures) {
    const line = lines.at(-1) as string;
    if (line.length + figure.length < columns) lines[lines.length - 1] = line + figure;
    else lines.push(`   ${figure}`);
  }
  return lines.map(line => line.slice(0, columns - 1));
}

function barOf(part: number, width: number): string {
  const done = Math.round(Math.min(1, part) * width);
  return '━'.repeat(done) + '─'.repeat(width - done);
}

/** ` - loss: 0.4387`, by name as Keras orders them. */
function figuresOf(logs: Logs): string[] {
  return Object.keys(logs)
    .sort()
    .map(key => ` - ${key}: ${fourDigits(logs[key] as number)}`);
}

/** A number with four significant digits: `0.8443`, `12.35`, `1.000e-5`. */
export function fourDigits(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  return size >= 1e-3 && size < 9999.5 ? value.toPrecision(4) : value.toExponential(3);
}

/** `45s`, `1:05`, `2:00:09`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function stepTime(seconds: number | null): string[] {
  if (seconds === null) return [];
  if (seconds >= 1) return [`${Math.round(seconds)}s/step`];
  if (seconds >= 1e-3) return [`${Math.round(seconds * 1e3)}ms/step`];
  return [`${Math.round(seconds * 1e6)}us/step`];
}
