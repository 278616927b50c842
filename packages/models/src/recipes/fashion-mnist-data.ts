import { fashionMnist, type LabeledImages, trainTestSplit } from '@jogak/datasets';
import { type HostArray, sliceRows } from '@jogak/ops';
import { arrayBatches, type BatchSource } from '../engine/batch-source.js';
import { type ImageFormat, prepareBatch } from './input-format.js';
import type { RecipeData, RecipeDataOptions } from './recipe.js';

const format: ImageFormat = { kind: 'image', height: 28, width: 28, channels: 1, scale: 1 / 255, brightOnDark: true };

/** Part of the training images that validates. */
const validationShare = 0.2;

/**
 * Fashion-MNIST as the course splits it: of 60,000 images 48,000 train and 12,000 validate, stratified by class. Of the embedded sample
 * all 6,000 train, and its 1,000 test images validate.
 */
export async function fashionMnistRecipeData(
  options: RecipeDataOptions & { dropRemainder?: boolean; batchSize: number },
): Promise<RecipeData> {
  const { seed, batchSize, trainSamples, dropRemainder = false, ...load } = options;
  const { train, test, classNames } = await fashionMnist.loadData(load);
  const parts: { train: Images; validation: Images; test: Images | null } = load.source
    ? { train, validation: test, test: null }
    : { ...split(train, seed), test };
  const all = parts.train.x.shape[0] as number;
  const used = Math.min(all, trainSamples ?? all);
  const batches = (part: Images, extra: { shuffle?: boolean; dropRemainder?: boolean } = {}): BatchSource =>
    arrayBatches({ x: [part.x], y: [part.y], batchSize, seed, prepare: prepareBatch(format), ...extra });
  return {
    train: batches({ x: sliceRows(parts.train.x, 0, used), y: sliceRows(parts.train.y, 0, used) }, { shuffle: true, dropRemainder }),
    validation: batches(parts.validation),
    test: parts.test && batches(parts.test),
    trainSamples: used,
    validationSamples: parts.validation.x.shape[0] as number,
    classNames,
    format,
  };
}

interface Images {
  readonly x: HostArray;
  readonly y: HostArray;
}

function split(images: LabeledImages, seed: number): { train: Images; validation: Images } {
  const { train, test } = trainTestSplit({ x: images.x, y: images.y }, { testSize: validationShare, stratify: true, seed });
  return { train, validation: test };
}
