import { z } from 'zod';
import { choice, configFile, count, duration, orList, place, seed, text, toggle } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { recipeNames } from './names.js';

/** Options of `jogak train`: its flags, its config files, and their documentation. */
export const trainOptions = z.strictObject({
  recipe: place(`Recipe to train: ${orList(recipeNames)}`, 'RECIPE', recipeNames),
  images: text('Trains a small convolutional network on PNG images, in folders named by class', 'FOLDER'),
  csv: text('Trains on a table, a class a row: a dense network on numbers, an LSTM on a column of texts', 'FILE'),
  label: text('Column of the CSV with the classes; "label", else the last one, by default', 'COLUMN'),
  imageSize: count("Height and width that one's own images are resized to; 64 by default, or theirs if smaller", 'PIXELS'),
  epochs: count("Times to go through the training data; the recipe's number by default, 10 for one's own data"),
  batchSize: count("Samples of a step; the recipe's number by default, 32 for one's own data"),
  trainSamples: count('Trains on the first N samples of the training part, after the seeded split; validation stays whole'),
  maxTime: duration('Stops after so many seconds of training, with checkpoint and files written', 'SECONDS'),
  backend: choice(['auto', 'simd', 'cpu'], 'What computes; auto by default: simd where it can start, cpu elsewhere'),
  threads: count('Threads of the simd backend; what JOGAK_THREADS says by default, else as many as the machine has'),
  deterministic: toggle('The same bits on every machine, Node version and browser; of the simd backend'),
  seed: seed('Seed of first weights, split, order and drop-out; 1 by default'),
  data: text("Folder of the recipe's data; by default the cache, then the system's, then a download", 'DIR'),
  sample: toggle("Trains on the embedded sample of the recipe's data"),
  out: text('Folder for model, history and picture; runs/RECIPE-TIME by default', 'DIR'),
  resume: toggle('Goes on from the checkpoint in --out, with the settings of that run, or starts when there is none', { callOnly: true }),
  overwrite: toggle('Replaces the run that is in --out, which is refused otherwise', { callOnly: true }),
  checkpointEvery: count('Writes a checkpoint after every N epochs; 1 by default. When training is stopped, there is one in any case'),
  config: configFile('Options from a JSON or YAML file, the names of the flags in camelCase; flags win'),
  printConfig: toggle('Prints all settings as YAML, as --config takes them, and ends', { callOnly: true }),
  json: toggle('Prints one JSON object a line for programs, and nothing else', { callOnly: true }),
});

export type TrainOptions = z.infer<typeof trainOptions>;

export const train = defineCommand({
  name: 'train',
  usage: 'train [recipe]',
  description: "Trains a recipe, or a network on one's own images or table.",
  options: trainOptions,
  examples: [
    { command: 'jogak train fashion-cnn --sample --epochs 2', does: 'on the embedded images, without a download' },
    { command: 'jogak train imdb-lstm --data ~/data --out runs/imdb', does: 'on files that are there' },
    { command: 'jogak train --out runs/imdb --resume --epochs 20', does: 'goes on with that run' },
    { command: 'jogak train --images photos --image-size 48', does: 'on photos/cat/1.png, photos/dog/1.png …' },
    { command: 'jogak train --csv iris.csv --label species', does: 'on a table' },
    { command: 'jogak train spam-lstm --sample --json', does: 'events for a program' },
  ],
  run: async options => (await import('../training/train.js')).train(options),
});
