// Puts runs of `jogak reproduce` on the results page: `node apps/docs/build/record-results.mjs FOLDER… [--note "ON THE MACHINE"]` writes what results.json of these folders have into
// recipes/results.json, curves with four digits. Where two folders have a run of the same recipe and seed, the later one's counts.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { positionals: folders, values } = parseArgs({ allowPositionals: true, options: { note: { type: 'string' } } });
if (folders.length === 0) throw new Error('name the folders that jogak reproduce --out filled');

const runs = new Map();
for (const folder of folders)
  for (const run of JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')).runs) runs.set(`${run.recipe} ${run.seed}`, run);

const rounded = value => (value === null ? null : Number(value.toFixed(4)));
const note = values.note === undefined ? {} : { note: values.note };
const lines = [...runs.values()].map(run =>
  JSON.stringify({
    ...run,
    validation: run.validation.map(rounded),
    test: rounded(run.test),
    machine: { ...run.machine, ...note },
  }),
);
const target = path.join(import.meta.dirname, '..', 'recipes', 'results.json');
writeFileSync(target, `{"version": 1, "runs": [\n${lines.join(',\n')}\n]}\n`);
