// Puts a run of `jogak train` on a recipe's page: `node build/record-run.mjs RUN-FOLDER "COMMAND" "DATA" ["NOTE ON THE MACHINE"]` copies its picture
// and writes its figures, with the command, this machine and the day, into recipes/curves.
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';

const [folder, command, data, note] = process.argv.slice(2);
if (!folder || !command || !data) throw new Error('give a run folder, the command that made it, and what it was trained on');

const { recipe } = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
const { history } = JSON.parse(readFileSync(path.join(folder, 'history.json'), 'utf8'));
const picture = path.join(folder, 'history.svg');
const rounded = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values.map(value => Number(value.toFixed(4)))]));
const run = {
  command,
  machine: `Node ${process.versions.node}, ${cpus().length} cores of ${cpus()[0].model.trim()}${note ? `, ${note}` : ''}`,
  date: statSync(picture).mtime.toISOString().slice(0, 10),
  data,
  history: rounded,
};
const target = path.join(import.meta.dirname, '..', 'recipes', 'curves', recipe);
copyFileSync(picture, `${target}.svg`);
writeFileSync(`${target}.json`, `${JSON.stringify(run)}\n`);
