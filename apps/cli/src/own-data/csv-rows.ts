import { csv } from '@jogak/datasets';
import { type HostArray, hostArray, takeRows } from '@jogak/ops';
import type { ProjectLoadOptions } from '../training/project.js';
import type { CsvPlan } from './csv-plan.js';
import { splitSamples } from './split.js';

/** Rows of a table, as they were read. */
export interface CsvRows {
  /** `[rows, columns]`, or texts. */
  readonly x: HostArray | readonly string[];
  readonly y: HostArray;
}

/** Reads the rows of a table. @throws {DataError} that names row and column of what does not fit the plan */
export async function readRows(file: string, { label, classNames, x }: CsvPlan): Promise<CsvRows> {
  const labels: number[] = [];
  const values: number[] = [];
  const texts: string[] = [];
  for await (const sample of csv(file, { label, classNames, ...x })) {
    labels.push(Number((sample.y as HostArray).data[0]));
    if (typeof sample.x === 'string') texts.push(sample.x);
    else for (const value of sample.x.data as Float32Array) values.push(value);
  }
  const y = hostArray(Int32Array.from(labels), [labels.length]);
  return 'text' in x ? { x: texts, y } : { x: hostArray(Float32Array.from(values), [labels.length, x.columns.length]), y };
}

/** A seeded split, stratified by class. @throws {DataError} when there are too few rows */
export function splitRows(
  file: string,
  { x, y }: CsvRows,
  { seed, trainSamples }: ProjectLoadOptions,
): { train: CsvRows; validation: CsvRows } {
  const { train, validation } = splitSamples(y, { from: file, seed });
  const take = (indices: Int32Array): CsvRows => ({
    x: Array.isArray(x) ? Array.from(indices, index => x[index] as string) : takeRows(x as HostArray, indices),
    y: takeRows(y, indices),
  });
  return { train: take(train.subarray(0, trainSamples ?? train.length)), validation: take(validation) };
}
