import { stat } from 'node:fs/promises';
import { type CsvSummary, inspectCsv } from '@jogak/datasets';
import {
  arrayBatches,
  type BatchSource,
  type InputFormat,
  type Model,
  prepareInput,
  type RecipeData,
  type TextFormat,
} from '@jogak/models';
import { type Batch, DataError, type HostArray } from '@jogak/ops';
import type { ModelUse } from '../model/open-model.js';
import type { Project, ProjectLoadOptions } from '../training/project.js';
import { tableClassifier, textClassifier } from './classifier.js';
import { encodeRows, formatOf } from './csv-format.js';
import { type CsvPlan, planCsv } from './csv-plan.js';
import { type CsvRows, readRows, splitRows } from './csv-rows.js';

/** A project on a table of one's own: a class a row, and numbers or a text. A fifth of the rows, stratified by class, validates. */
export function csvProject(file: string, { label }: { label?: string | undefined }): Project {
  return project(async options => {
    const plan = planCsv(file, await inspect(file), label);
    const rows = await readRows(file, plan);
    const parts = splitRows(file, rows, options);
    return { plan, rows, parts, format: formatOf(plan, parts.train) };
  });
}

/** The rows of a table as a model was trained on: of its classes and columns. As test part all of them count. */
export function trainedOnCsv(file: string, { classNames, format }: ModelUse): Project {
  return project(async options => {
    const x = format.kind === 'table' ? { columns: format.columns } : { text: (format as TextFormat).column ?? 'text' };
    const { columns } = await inspect(file);
    const label = columns.find(column => column.values?.every(value => classNames.includes(value)) && !usesColumn(x, column.name));
    if (!label) throw new DataError(`${file} has no column whose values are the model's classes: ${classNames.join(', ')}`);
    const plan: CsvPlan = { label: label.name, classNames, x };
    const rows = await readRows(file, plan);
    return { plan, rows, parts: splitRows(file, rows, options), format };
  });
}

/** Node names no path where it finds a folder instead of a file. */
async function inspect(file: string): Promise<CsvSummary> {
  if ((await stat(file).catch(() => null))?.isDirectory()) throw new DataError(`${file} is a folder; a CSV file is needed`);
  return inspectCsv(file);
}

interface Loaded {
  readonly plan: CsvPlan;
  readonly rows: CsvRows;
  readonly parts: { readonly train: CsvRows; readonly validation: CsvRows };
  readonly format: InputFormat;
}

function project(load: (options: ProjectLoadOptions) => Promise<Loaded>): Project {
  return {
    name: 'csv',
    epochs: 10,
    batchSize: 32,
    load: async options => recipeData(await load(options), options),
    build: ({ format, classNames }) =>
      format.kind === 'table'
        ? tableClassifier(format.columns.length, classNames.length)
        : textModel(format as TextFormat, classNames.length),
  };
}

const usesColumn = (x: CsvPlan['x'], name: string): boolean => ('text' in x ? x.text === name : x.columns.includes(name));

const textModel = ({ vocabulary, steps }: TextFormat, classes: number): Model =>
  textClassifier(1 + Object.keys(vocabulary ?? {}).length, steps, classes);

function recipeData({ plan, rows, parts, format }: Loaded, { seed, batchSize }: ProjectLoadOptions): RecipeData {
  const prepare = (batch: Batch): Batch => ({ ...batch, x: prepareInput(batch.x as HostArray, format) });
  const batches = (part: CsvRows, shuffle = false): BatchSource =>
    arrayBatches({ x: [encodeRows(part, format)], y: [part.y], batchSize, seed, shuffle, prepare });
  return {
    train: batches(parts.train, true),
    validation: batches(parts.validation),
    test: batches(rows),
    trainSamples: parts.train.y.data.length,
    validationSamples: parts.validation.y.data.length,
    classNames: plan.classNames,
    format,
  };
}
