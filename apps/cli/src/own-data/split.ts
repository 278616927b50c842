import { trainTestSplit } from '@jogak/datasets';
import { DataError, type HostArray, hostArray } from '@jogak/ops';

/** Part of the samples of each class that validates. */
const validationShare = 0.2;

/** So many samples leave at least one that validates. */
const fewest = 3;

/**
 * Numbers of the samples that train and of those that validate: a seeded split, stratified by class.
 *
 * @param labels `[samples]`, a class each
 * @param options `from` is the file or folder that an error names
 * @throws {DataError} when there are too few
 */
export function splitSamples(
  labels: HostArray,
  { from, seed }: { from: string; seed: number },
): { train: Int32Array; validation: Int32Array } {
  const count = labels.shape[0] as number;
  if (count < fewest)
    throw new DataError(
      `${from} has ${count} samples, and a fifth of them validates: ${fewest} or more are needed, and many more to learn from`,
    );
  const numbers = hostArray(Int32Array.from({ length: count }, (_, i) => i));
  const { train, test } = trainTestSplit({ x: numbers, y: labels }, { testSize: validationShare, stratify: true, seed });
  return { train: train.x.data as Int32Array, validation: test.x.data as Int32Array };
}
