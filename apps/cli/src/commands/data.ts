import { z } from 'zod';
import { place, text, toggle, wordPlace } from '../arguments/flag.js';
import { defineCommand } from './command.js';
import { dataSetNames } from './names.js';

/** Options of `jogak data`. */
export const dataOptions = z.strictObject({
  action: wordPlace(
    ['list', 'fetch', 'verify'],
    'list: what there is; fetch: downloads it into the cache; verify: checks formats, counts and checksums',
  ),
  name: place('Data set; all of them by default', 'NAME', dataSetNames),
  data: text('Folder of the data sets, instead of cache, system and download', 'DIR'),
  json: toggle('Prints one JSON object for each data set'),
});

export type DataOptions = z.infer<typeof dataOptions>;

export const data = defineCommand({
  name: 'data',
  usage: 'data [action] [name]',
  description: 'Lists, downloads or checks the data sets of the recipes.',
  options: dataOptions,
  examples: [
    { command: 'jogak data list', does: 'names, sizes, licences, and where each one is' },
    { command: 'jogak data fetch imdb', does: 'downloads the reviews' },
    { command: 'jogak data verify fashion-mnist --data ~/data', does: 'checks files that are there' },
  ],
  run: async options => (await import('../data/data.js')).data(options),
});
