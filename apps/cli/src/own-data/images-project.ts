import { readFile } from 'node:fs/promises';
import { type Dataset, type ImageFolder, type ImageSample, imageFolder } from '@jogak/datasets';
import { type BatchSource, type ImageFormat, prepareInput, type RecipeData } from '@jogak/models';
import { type Batch, DataError, decodePng, type HostArray } from '@jogak/ops';
import type { ModelUse } from '../model/open-model.js';
import type { Project, ProjectLoadOptions } from '../training/project.js';
import { imageClassifier } from './classifier.js';
import { splitSamples } from './split.js';

/** Height and width of images where the user says nothing and they are larger. */
const defaultSize = 64;

/** Up to so many bytes of images are kept in memory after the first epoch. */
const mostCached = 2 ** 29;

/** A project on images of one's own, in folders named by class. A fifth of them, stratified by class, validates. */
export function imagesProject(folder: string, { imageSize }: { imageSize?: number | undefined }): Project {
  return project(folder, async () => {
    const { format, classNames } = await chooseFormat(folder, imageSize);
    return { format, images: await open(folder, format, classNames) };
  });
}

/** The images of a folder as a model was trained on: of its classes and sizes. As test part all of them count. */
export function trainedOnImages(folder: string, { classNames, format }: ModelUse): Project {
  return project(folder, async () => ({ format: format as ImageFormat, images: await open(folder, format as ImageFormat, classNames) }));
}

function project(folder: string, openImages: () => Promise<{ format: ImageFormat; images: ImageFolder }>): Project {
  return {
    name: 'images',
    epochs: 10,
    batchSize: 32,
    load: async options => split(folder, await openImages(), options),
    build: ({ format, classNames }) => {
      const { height, width, channels } = format as ImageFormat;
      return imageClassifier([height, width, channels], classNames.length);
    },
  };
}

const open = (folder: string, { height, width, channels }: ImageFormat, classNames: readonly string[]): Promise<ImageFolder> =>
  imageFolder(folder, { size: [height, width], channels: channels as 1 | 3, classNames });

/** Sizes and colours as the first image of each class has them. */
async function chooseFormat(
  folder: string,
  imageSize: number | undefined,
): Promise<{ format: ImageFormat; classNames: readonly string[] }> {
  const { files, labels, classNames } = await imageFolder(folder, { size: 1 });
  if (classNames.length < 2)
    throw new DataError(`${folder} has one class, "${classNames[0]}": two folders or more are needed to tell apart`);
  const firsts = classNames.map((_, label) => files[(labels.data as Int32Array).indexOf(label)] as string);
  const shapes = await Promise.all(firsts.map(async path => decodePng(await readFile(path)).shape as [number, number, number]));
  const largest = Math.max(...shapes.map(([height, width]) => Math.max(height, width)));
  const size = imageSize ?? Math.min(defaultSize, largest);
  const channels = shapes.some(([, , count]) => count >= 3) ? 3 : 1;
  return { format: { kind: 'image', height: size, width: size, channels, scale: 1 / 255, brightOnDark: false }, classNames };
}

function split(folder: string, { format, images }: { format: ImageFormat; images: ImageFolder }, options: ProjectLoadOptions): RecipeData {
  const { seed, batchSize, trainSamples } = options;
  const { train: training, validation } = splitSamples(images.labels, { from: folder, seed });
  const used = training.subarray(0, Math.min(training.length, trainSamples ?? training.length));
  const bytes = images.files.length * format.height * format.width * format.channels;
  const select = (indices: ArrayLike<number>): Dataset<ImageSample> => {
    const chosen = images.select(indices);
    return bytes <= mostCached ? chosen.cache() : chosen;
  };
  const batches = (dataset: Dataset<ImageSample>, samples: number): BatchSource => datasetBatches(dataset, { samples, batchSize, format });
  return {
    train: batches(select(used).shuffle({ seed }), used.length),
    validation: batches(select(validation), validation.length),
    test: batches(images.dataset, images.files.length),
    trainSamples: used.length,
    validationSamples: validation.length,
    classNames: images.classNames,
    format,
  };
}

/** Batches of a stream of images, the same for the same epoch. */
function datasetBatches(
  dataset: Dataset<ImageSample>,
  { samples, batchSize, format }: { samples: number; batchSize: number; format: ImageFormat },
): BatchSource {
  const batched = dataset.batch(batchSize).map((batch): Batch => ({ ...batch, x: prepareInput(batch.x as HostArray, format) }) as Batch);
  return {
    steps: Math.ceil(samples / batchSize),
    samples,
    batches: epoch => {
      batched.restore({ epoch, position: 0 });
      return batched;
    },
  };
}
