import { z } from 'zod';
import { count, orList, places, seedList, text, toggle } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { recipeNames } from './names.js';
import { trainOptions } from './train.js';

const { backend, threads, deterministic } = trainOptions.shape;

/** Options of `jogak reproduce`. */
export const reproduceOptions = z.strictObject({
  recipes: places(`Recipes to train: ${orList(recipeNames)}; all of them by default`, 'RECIPE', recipeNames),
  seeds: seedList('Seeds of the runs, of each recipe one a seed; 1,2,3,4,5 by default'),
  epochs: count("Shortens every run: its figures are marked, and not judged; the recipe's own number by default"),
  backend,
  threads,
  deterministic,
  data: text(
    "Folder of Fashion-MNIST and IMDB, or of a folder for each (fashion-mnist, imdb); by default the cache, then the system's, then a download",
    'DIR',
  ),
  out: text('Folder for results.json and a folder of each run; runs/reproduce-TIME by default', 'DIR'),
  resume: toggle('Goes on with what is in --out: runs that are done stay as they are'),
  json: toggle('Prints one JSON object a line for programs, and nothing else'),
});

export type ReproduceOptions = z.infer<typeof reproduceOptions>;

export const reproduce = defineCommand({
  name: 'reproduce',
  usage: 'reproduce [recipes..]',
  description: "Trains recipes in full on real data, over several seeds, and sets the results beside Keras' and the course's.",
  options: reproduceOptions,
  examples: [
    { command: 'jogak reproduce', does: 'all eight recipes, five runs each' },
    { command: 'jogak reproduce fashion-cnn fashion-cnn-dropout --out runs/fashion', does: 'two of them' },
    { command: 'jogak reproduce --out runs/fashion --resume', does: 'goes on where it was stopped' },
    { command: 'jogak reproduce imdb-lstm --seeds 1,2 --epochs 1 --data ~/data', does: 'a look at how it goes, on files that are there' },
  ],
  run: async options => (await import('../reproducing/reproduce.js')).reproduce(options),
});
