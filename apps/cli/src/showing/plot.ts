import { join } from 'node:path';
import { DataError } from '@jogak/ops';
import { UsageError } from '../arguments/usage-error.js';
import type { PlotOptions } from '../commands/plot.js';
import { curveChart } from '../output/curve-chart.js';
import { print, terminalColumns } from '../output/terminal.js';
import { historySvg } from '../plot/history-svg.js';
import { historyName, pictureName, replaceFile, runTitle } from '../training/run-folder.js';
import { readHistory } from '../training/run-history.js';

/** Runs `jogak plot`. @returns the exit code */
export async function plot({ run }: PlotOptions): Promise<number> {
  if (run === undefined) throw new UsageError('say which run to draw: jogak plot DIR');
  const path = join(run, historyName);
  const history = await readHistory(path);
  if (history.epoch.length === 0) throw new DataError(`${path} has no epochs yet: there is nothing to draw`);
  const picture = join(run, pictureName);
  await replaceFile(picture, historySvg(history, { title: await runTitle(run) }));
  const chart = curveChart(history, terminalColumns());
  if (chart) print(`${chart}\n`);
  print(picture);
  return 0;
}
