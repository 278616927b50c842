import { ConfigError, options as config, DataError, getRandomSeed, type HostArray, permutation, randomKey } from '@jogak/ops';
import type { RaggedArray } from '../text/ragged.js';
import { countOf, type Labeled, takeLabeled } from './labeled.js';

/** Options of {@link trainTestSplit}. */
export interface TrainTestSplitOptions {
  /** What goes into `test`: a share below 1, or a number of samples. @default 0.25 */
  testSize?: number;
  /** Whether every class has the same share in both parts. `y` must then be `[n]`. @default false */
  stratify?: boolean;
  /** Whether samples are mixed first; else the last ones are `test`. @default true */
  shuffle?: boolean;
  /** Seed of the mixing. @default what `setRandomSeed` set, else 1 */
  seed?: number;
}

/** Two parts of a data set. */
export interface TrainTestSplit<X extends HostArray | RaggedArray> {
  readonly train: Labeled<X>;
  readonly test: Labeled<X>;
}

const table: config.OptionTable<Required<Omit<TrainTestSplitOptions, 'seed'>> & { seed: number | undefined }> = {
  testSize: config.number(0.25, { above: 0 }),
  stratify: config.boolean(false),
  shuffle: config.boolean(true),
  seed: config.integer(undefined, { min: 0 }) as config.Option<number | undefined>,
};

/**
 * Splits a data set in two, by a seed, as scikit-learn's `train_test_split` does. Both parts are copies, in mixed order; what is in them depends on the
 * seed, the number of samples and, when stratified, the labels alone.
 *
 * @param data samples and labels; the first axis of both is the sample's
 * @throws {ConfigError} when `testSize` is more than there are, or `stratify` is asked for without `shuffle`
 * @throws {DataError} when there are not as many labels as samples, or one part would be empty.
 */
export function trainTestSplit<X extends HostArray | RaggedArray>(
  data: Labeled<X>,
  options: TrainTestSplitOptions = {},
): TrainTestSplit<X> {
  const { testSize, stratify, shuffle, seed } = config.parseOptions(table, options, 'trainTestSplit');
  const count = countOf(data, 'trainTestSplit');
  const testCount = testSize < 1 ? Math.round(testSize * count) : testSize;
  if (!Number.isInteger(testCount) || testCount > count)
    throw new ConfigError(`trainTestSplit: testSize must be a share below 1 or a number of the ${count} samples; got ${testSize}`);
  if (testCount === 0 || testCount === count)
    throw new DataError(
      `trainTestSplit: ${count} samples with testSize ${testSize} leave the ${testCount === 0 ? 'test' : 'training'} part empty`,
    );
  if (stratify && !shuffle) throw new ConfigError('trainTestSplit: stratify needs shuffle');
  const order = shuffle
    ? permutation(randomKey(seed ?? getRandomSeed(), 'trainTestSplit'), count)
    : Uint32Array.from({ length: count }, (_, i) => i);
  const inTest = stratify
    ? chooseStratified(order, data.y, testCount)
    : (_index: number, position: number) => position >= count - testCount;
  return {
    train: takeLabeled(
      data,
      order.filter((index, position) => !inTest(index, position)),
    ),
    test: takeLabeled(data, order.filter(inTest)),
  };
}

/** Which samples are tested with: of each class in the order given, as many as its share of `testCount`, rounded so that the sum is right. */
function chooseStratified(order: Uint32Array, y: HostArray, testCount: number): (index: number) => boolean {
  if (y.shape.length !== 1)
    throw new DataError(`trainTestSplit: to stratify, y must be [n], a class a sample; got [${y.shape.join(', ')}]`);
  const byClass = new Map<number, number[]>();
  for (const index of order) {
    const label = Number(y.data[index]);
    const members = byClass.get(label);
    if (members) members.push(index);
    else byClass.set(label, [index]);
  }
  // Largest remainders get what rounding down leaves; of equal ones the smaller label's, so that the order of the samples plays no part.
  const shares = [...byClass]
    .map(([label, members]) => ({ label, members, share: (testCount * members.length) / order.length }))
    .sort((a, b) => (b.share % 1) - (a.share % 1) || a.label - b.label);
  let left = testCount - shares.reduce((sum, { share }) => sum + Math.floor(share), 0);
  const chosen = new Set<number>();
  for (const { members, share } of shares) {
    const size = Math.floor(share) + (left-- > 0 ? 1 : 0);
    for (const index of members.slice(0, size)) chosen.add(index);
  }
  return index => chosen.has(index);
}
