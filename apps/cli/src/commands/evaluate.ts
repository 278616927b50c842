import { z } from 'zod';
import { choice, text, toggle } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { trainOptions } from './train.js';

const { backend, threads, deterministic } = trainOptions.shape;

/** Options of `jogak evaluate`. */
export const evaluateOptions = z.strictObject({
  model: text('Run folder, or model.json, to judge', 'PATH'),
  data: text("Folder of the recipe's data; of a network on one's own data, the folder of images or the CSV file", 'DIR'),
  sample: toggle("Judges on the embedded sample of the recipe's data"),
  split: choice(['test', 'validation'], 'Which part to judge on; test by default, validation where the data have no test part'),
  backend,
  threads,
  deterministic,
  json: toggle('Prints the result as one JSON object'),
});

export type EvaluateOptions = z.infer<typeof evaluateOptions>;

export const evaluate = defineCommand({
  name: 'evaluate',
  usage: 'evaluate',
  description: 'Judges a trained model: accuracy, loss and confusion matrix.',
  options: evaluateOptions,
  examples: [
    { command: 'jogak evaluate --model runs/quickstart --sample', does: 'on the embedded images' },
    { command: 'jogak evaluate --model runs/imdb --data ~/data --split validation', does: 'on what training held back' },
  ],
  run: async options => (await import('../evaluating/evaluate.js')).evaluate(options),
});
