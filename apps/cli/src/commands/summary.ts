import { z } from 'zod';
import { place } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { recipeNames } from './names.js';

/** Options of `jogak summary`. */
export const summaryOptions = z.strictObject({
  network: place('Recipe, run folder or model.json', 'RECIPE|PATH', recipeNames),
});

export type SummaryOptions = z.infer<typeof summaryOptions>;

export const summary = defineCommand({
  name: 'summary',
  usage: 'summary [network]',
  description: 'Prints the layers of a network, their output shapes and numbers of weights.',
  options: summaryOptions,
  examples: [
    { command: 'jogak summary imdb-lstm', does: 'of a recipe' },
    { command: 'jogak summary runs/quickstart', does: 'of a saved model' },
  ],
  run: async options => (await import('../showing/summary.js')).summary(options),
});
