import { type BatchSource, type Logs, type Model, metrics, type RecipeData, recipes } from '@jogak/models';
import { ConfigError, DataError } from '@jogak/ops';
import { UsageError } from '../arguments/usage-error.js';
import type { EvaluateOptions } from '../commands/evaluate.js';
import { backendText, startBackend } from '../computing/backend.js';
import { type ModelUse, openTrained } from '../model/open-model.js';
import { confusionTable } from '../output/confusion-table.js';
import { print, printJson, terminalColumns } from '../output/terminal.js';
import { trainedOnCsv } from '../own-data/csv-project.js';
import { trainedOnImages } from '../own-data/images-project.js';
import { type Project, recipeProject } from '../training/project.js';
import { trainedOn } from './trained-on.js';

/** Samples of a batch where nothing is trained. */
const batchSize = 128;

/** Runs `jogak evaluate`. @returns the exit code */
export async function evaluate(options: EvaluateOptions): Promise<number> {
  if (options.model === undefined) throw new UsageError('say which model to judge: jogak evaluate --model PATH');
  const computing = await startBackend(options);
  const { model, use } = await openTrained(options.model);
  const project = projectOf(use, options);
  const data = await project.load({ seed: use.seed, batchSize });
  const { split, source } = choosePart(data, options.split);
  // All of one's own data count as test part, those that it was trained on too.
  const isAll = split === 'test' && !isRecipe(use.recipe);
  const known = isAll ? await trainedOn(options.model, options.data as string, data.trainSamples) : null;
  const matrix = metrics.confusionMatrix();
  model.compile({ loss: lossOf(project, data), metrics: ['accuracy', matrix] });
  const { loss, accuracy } = (await model.evaluateDataset(source)) as Logs & { loss: number; accuracy: number };
  const confusion = matrix.matrix();
  const samples = confusion.flat().reduce((sum, count) => sum + count, 0);
  if (options.json) {
    printJson({
      event: 'evaluation',
      model: options.model,
      split: isAll ? 'all' : split,
      samples,
      ...(isAll ? { trainedOn: known } : {}),
      ...computing,
      loss,
      accuracy,
      classNames: use.classNames,
      confusionMatrix: confusion,
    });
    return 0;
  }
  const count = samples.toLocaleString('en');
  const judged = isAll ? `all ${count} samples of ${options.data}${trainedText(known)}` : `${count} samples of the ${split} part`;
  print(`${options.model} on ${judged}; ${backendText(computing)}`);
  print(`accuracy ${accuracy.toPrecision(4)}, loss ${loss.toPrecision(4)}\n`);
  print(confusionTable(confusion, use.classNames, terminalColumns()));
  return 0;
}

const isRecipe = (name: string): boolean => recipes.some(recipe => recipe.name === name);

const trainedText = (count: number | null): string => (count === null ? '' : `, of which it was trained on ${count.toLocaleString('en')}`);

/** The data that a model is judged on. @throws {UsageError} when they are not of its kind */
function projectOf(use: ModelUse, { data, sample }: EvaluateOptions): Project {
  if (isRecipe(use.recipe)) return recipeProject(use.recipe, { data, sample });
  if (sample)
    throw new UsageError(`the model was trained on ${use.recipe === 'csv' ? 'a table' : 'images'} of one's own: give --data, not --sample`);
  if (data === undefined) throw new UsageError(`say what to judge the model on: --data ${use.recipe === 'csv' ? 'FILE.csv' : 'FOLDER'}`);
  return use.recipe === 'csv' ? trainedOnCsv(data, use) : trainedOnImages(data, use);
}

/** @throws {DataError} when the data have no test part */
function choosePart(data: RecipeData, split: EvaluateOptions['split']): { split: 'test' | 'validation'; source: BatchSource } {
  if (split === 'test' && !data.test)
    throw new DataError('these data have no test part that training and validation did not see; use --split validation');
  const test = split === 'validation' ? null : data.test;
  return test ? { split: 'test', source: test } : { split: 'validation', source: data.validation };
}

/** The loss that the network was trained with. */
function lossOf(project: Project, data: RecipeData): NonNullable<Model['compileOptions']>['loss'] {
  const network = project.build(data);
  const loss = network.compileOptions?.loss;
  network.dispose();
  if (loss === undefined) throw new ConfigError(`the network of ${project.name} is not compiled`);
  return loss;
}
