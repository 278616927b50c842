import { basename, dirname, join } from 'node:path';
import { DataError } from '@jogak/ops';
import { UsageError } from '../arguments/usage-error.js';
import type { PlotOptions } from '../commands/plot.js';
import { curveChart } from '../output/curve-chart.js';
import { print, terminalColumns } from '../output/terminal.js';
import { historySvg } from '../plot/history-svg.js';
import { historyName, pictureName, replaceFile, runTitle } from '../training/run-folder.js';
import { readHistory } from '../training/run-history.js';

/** Whether the figures themselves are named, and not the folder of the run. */
const isHistory = (path: string): boolean => basename(path) === historyName;

/** Runs `jogak plot`. @returns the exit code */
export async function plot({ run }: PlotOptions): Promise<number> {
  if (run === undefined) throw new UsageError('say which run to draw: jogak plot DIR');
  const folder = isHistory(run) ? dirname(run) : run;
  const path = isHistory(run) ? run : join(run, historyName);
  const history = await readHistory(path);
  if (history.epoch.length === 0) throw new DataError(`${path} has no epochs yet: there is nothing to draw`);
  const picture = join(folder, pictureName);
  await replaceFile(picture, historySvg(history, { title: await runTitle(folder) }));
  const chart = curveChart(history, terminalColumns());
  if (chart) print(`${chart}\n`);
  print(picture);
  return 0;
}
