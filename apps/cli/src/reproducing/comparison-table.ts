import { stripVTControlCharacters } from 'node:util';
import type { ResultSpread } from '@jogak/models';
import Table from 'cli-table3';
import pc from 'picocolors';
import { plainBorders } from '../output/plain-borders.js';
import type { Comparison } from './comparison.js';
import { machineText } from './machine.js';
import type { RunResult } from './results.js';

/** All results, with what they are of, as wide as the terminal has room for: without the spreads where it is narrow. */
export function comparisonText(comparisons: readonly Comparison[], results: readonly RunResult[], columns: number): string {
  const wide = table(comparisons, { spreads: true });
  const isWide = fits(wide, columns);
  const lines = [isWide ? wide : table(comparisons, { spreads: false }), ''];
  lines.push(
    `Accuracy after the last epoch, median over the seeds${isWide ? ' (least–greatest)' : ''}; the bar is Keras' median less one point.`,
  );
  for (const text of new Set(results.map(({ machine }) => machineText(machine)))) lines.push(`Computed on ${text}.`);
  for (const comparison of comparisons) {
    if (comparison.met === null) lines.push(`${comparison.recipe} is not judged: ${whatIsMissing(comparison)}.`);
  }
  return lines.join('\n');
}

function whatIsMissing({ runs, shortened, bar }: Comparison): string {
  if (shortened) return "its runs do not have the recipe's epochs";
  if (bar === null) return 'Keras has not been trained on it yet';
  return `that takes five runs, and there ${runs === 1 ? 'is' : 'are'} ${runs}`;
}

const fits = (text: string, columns: number): boolean => text.split('\n').every(line => stripVTControlCharacters(line).length <= columns);

function table(comparisons: readonly Comparison[], { spreads }: { spreads: boolean }): string {
  const text = new Table({
    head: ['', 'validation', 'Keras', 'bar', '', 'course', 'test', "Keras' test", 's/epoch'],
    colAligns: ['left', ...Array<'right'>(8).fill('right')],
    style: { head: [], border: [], compact: true, 'padding-left': spreads ? 2 : 1, 'padding-right': 0 },
    chars: plainBorders,
  });
  const show = (spread: ResultSpread | null, { withSpread = spreads } = {}): string => {
    if (!spread) return '–';
    return withSpread ? `${figure(spread.median)} (${figure(spread.min)}–${figure(spread.max)})` : figure(spread.median);
  };
  for (const { recipe, validation, test, reference, bar, met, secondsPerEpoch } of comparisons) {
    const { keras, course } = reference;
    text.push([
      recipe,
      show(validation),
      show(keras?.validation ?? null),
      bar === null ? '–' : figure(bar),
      met === null ? '–' : met ? pc.green('met') : pc.red('missed'),
      course ? figure(course.validation) : '–',
      show(test, { withSpread: false }),
      show(keras?.test ?? null, { withSpread: false }),
      secondsPerEpoch === null ? '–' : secondsPerEpoch.toFixed(secondsPerEpoch < 9.995 ? 2 : 1),
    ]);
  }
  return text.toString();
}

/** Four digits after the point, as the course prints accuracy. */
export const figure = (share: number): string => share.toFixed(4);
