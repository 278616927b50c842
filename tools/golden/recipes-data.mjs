// Writes which samples the recipes train and validate on, seed by seed, for recipes.py to train Keras on the same ones:
//
//     node tools/golden/recipes-data.mjs --data DIR --work DIR
//
// --data: the folder of Fashion-MNIST and imdb.npz, or of a folder `fashion-mnist` and a folder `imdb`; --work: where the splits are written, outside
// the repository. Files NAME-SEED-{x,y}_{train,val}.i32: rows of int32, 100 ids a text, one number an image: which of the 60,000.
// recipes.py makes IMDB's ids anew, from the published file, and compares; the images it reads itself.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fashionMnist, imdb, prepareSequences, spam, trainTestSplit } from '@jogak/datasets';
import { spamSample } from '@jogak/samples';

const options = { data: { type: 'string' }, work: { type: 'string' } };
const { data: dataDir, work } = parseArgs({ options }).values;
if (!dataDir || !work) throw new Error('usage: node tools/golden/recipes-data.mjs --data DIR --work DIR');

const seeds = [1, 2, 3, 4, 5];

async function write(name, seed, { train, validation }) {
  const parts = { x_train: train.x, y_train: train.y, x_val: validation.x, y_val: validation.y };
  for (const [part, { data }] of Object.entries(parts)) await writeFile(join(work, `${name}-${seed}-${part}.i32`), Int32Array.from(data));
}

await mkdir(work, { recursive: true });

const { y } = (await fashionMnist.loadData({ dataDir })).train;
const numbers = { data: Int32Array.from({ length: y.shape[0] }, (_, i) => i), shape: y.shape, dtype: 'int32' };
for (const seed of seeds) {
  const { train, test } = trainTestSplit({ x: numbers, y }, { testSize: 0.2, stratify: true, seed });
  await write('fashion-mnist', seed, { train, validation: test });
}
for (const numWords of [100, 1000]) {
  const { train } = await imdb.loadData({ dataDir, numWords, skipTop: 20, oovChar: null });
  for (const seed of seeds) await write(`imdb-${numWords}`, seed, prepareSequences(train, { steps: 100, validation: 5000, seed }));
}
const mails = await spam.loadData({ source: spamSample, numWords: 1000 });
for (const seed of seeds) await write('spam', seed, prepareSequences(mails, { steps: 100, validation: 0.2, stratify: true, seed }));
