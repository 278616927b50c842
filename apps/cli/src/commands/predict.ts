import { z } from 'zod';
import { count, index, places, text, toggle } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { trainOptions } from './train.js';

const { backend, threads, deterministic } = trainOptions.shape;

/** Options of `jogak predict`. */
export const predictOptions = z.strictObject({
  inputs: places('What to classify: PNG files of any size, rows of an IDX file (FILE#ROW), texts or text files, CSV files', 'INPUT'),
  model: text('Run folder, or model.json, to ask', 'PATH'),
  top: count('Classes to name for each input, the likeliest first; 3 by default'),
  row: index('Row of every IDX or CSV file that names none; all rows of a CSV by default'),
  backend,
  threads,
  deterministic,
  json: toggle('Prints one JSON object for each input'),
});

export type PredictOptions = z.infer<typeof predictOptions>;

export const predict = defineCommand({
  name: 'predict',
  usage: 'predict [inputs..]',
  description: 'Classifies images, texts or table rows with a trained model.',
  options: predictOptions,
  examples: [
    { command: 'jogak predict --model runs/quickstart shoe.png', does: 'an image, of any size' },
    { command: 'jogak predict --model runs/quickstart t10k-images-idx3-ubyte.gz#12', does: 'row 12 of an IDX file, counted from 0' },
    { command: 'jogak predict --model runs/imdb "a wonderful film"', does: 'a text' },
    { command: 'jogak predict --model runs/iris new.csv --top 1 --json', does: 'every row of a table' },
  ],
  run: async options => (await import('../predicting/predict.js')).predict(options),
});
