import { z } from 'zod';
import { place } from '../arguments/flag.js';
import { defineCommand } from './command.js';

/** Options of `jogak plot`. */
export const plotOptions = z.strictObject({
  run: place('Run folder, or the history.json in it', 'DIR'),
});

export type PlotOptions = z.infer<typeof plotOptions>;

export const plot = defineCommand({
  name: 'plot',
  usage: 'plot [run]',
  description: 'Draws the curves of a run: in the terminal, and as history.svg beside its history.',
  options: plotOptions,
  examples: [{ command: 'jogak plot runs/quickstart', does: 'draws runs/quickstart/history.svg' }],
  run: async options => (await import('../showing/plot.js')).plot(options),
});
