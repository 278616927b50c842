import { prepareInput } from '@jogak/models';
import { UsageError } from '../arguments/usage-error.js';
import type { PredictOptions } from '../commands/predict.js';
import { startBackend } from '../computing/backend.js';
import { type ClassProbability, classProbabilities } from '../model/class-probabilities.js';
import { type ModelUse, openTrained } from '../model/open-model.js';
import { formatProbability } from '../output/format.js';
import { print, printJson } from '../output/terminal.js';
import type { RawInput } from './raw-input.js';
import { readImages } from './read-images.js';
import { readTables } from './read-tables.js';
import { readTexts } from './read-texts.js';

/** Runs `jogak predict`. @returns the exit code */
export async function predict({ inputs, model: path, top = 3, row, json, ...computing }: PredictOptions): Promise<number> {
  if (path === undefined) throw new UsageError('say which model to ask: jogak predict --model PATH INPUT…');
  if (inputs === undefined) throw new UsageError('say what to classify: jogak predict --model PATH INPUT…');
  await startBackend(computing);
  const { model, use } = await openTrained(path);
  for (const input of inputs) {
    for await (const raw of rawInputs(input, row, use.format)) {
      const [classes] = classProbabilities(model, prepareInput(raw.values, use.format), use.classNames) as [ClassProbability[]];
      const likeliest = classes.slice(0, top);
      if (json) printJson({ event: 'prediction', input, ...(raw.row === undefined ? {} : { row: raw.row }), classes: likeliest });
      else print(`${raw.name}: ${likeliest.map(item => `${item.class} ${formatProbability(item.probability)}`).join(', ')}`);
    }
  }
  return 0;
}

/** What an input holds, as the model reads it. */
function rawInputs(input: string, row: number | undefined, format: ModelUse['format']): AsyncIterable<RawInput> {
  switch (format.kind) {
    case 'image':
      return readImages(input, row, format);
    case 'text':
      return readTexts(input, row, format);
    case 'table':
      return readTables(input, row, format);
  }
}
