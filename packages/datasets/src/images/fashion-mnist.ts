import { parseIdx } from '../formats/idx.js';
import { readDataFile, withRemedy } from '../load/data-files.js';
import type { DataFile, DataSet } from '../load/data-set.js';
import { type LoadOptions, parseLoadOptions } from '../load/load-options.js';
import { type ImageLoader, type LabeledImages, labeledImages } from './image-classes.js';

const file = (name: string, bytes: number, sha256: string): DataFile => ({
  name: `${name}.gz`,
  url: 'https://storage.googleapis.com/tensorflow/tf-keras-datasets',
  bytes,
  sha256,
  hashOf: 'content',
});

const train = {
  images: file('train-images-idx3-ubyte', 26421880, 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888'),
  labels: file('train-labels-idx1-ubyte', 29515, 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9'),
};

const test = {
  images: file('t10k-images-idx3-ubyte', 4422102, '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b'),
  labels: file('t10k-labels-idx1-ubyte', 5148, '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34'),
};

/** Fashion-MNIST, as it is published. */
export const fashionMnistDataSet: DataSet = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  license: 'MIT',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  files: [train.images, train.labels, test.images, test.labels],
  sample: 'fashionMnistSample',
};

const classNames = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'] as const;

async function loadPart(part: typeof train, options: LoadOptions): Promise<LabeledImages> {
  const images = await readDataFile(fashionMnistDataSet, part.images, options);
  const labels = await readDataFile(fashionMnistDataSet, part.labels, options);
  return labeledImages(parseIdx(images.bytes, images.where), parseIdx(labels.bytes, labels.where), 28, classNames.length, {
    images: images.where,
    labels: labels.where,
  });
}

/**
 * Fashion-MNIST: 28 × 28 grey images of ten kinds of clothing (Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
 * machine learning algorithms", 2017).
 *
 * `loadData` gives `train.x` `uint8 [60000, 28, 28, 1]`, `train.y` `uint8 [60000]`, and 10,000 of the like in `test`. A `source`, or files of
 * one's own, may hold another number. It rejects with a `DataError` when files are missing (`data-missing`), cannot be had (`download`) or do not
 * belong together (`data`), and with a `FormatError` when one is truncated, corrupted or something else.
 */
export const fashionMnist: ImageLoader = {
  classNames,
  async loadData(options = {}) {
    const parsed = parseLoadOptions(options, 'fashionMnist.loadData');
    return withRemedy(fashionMnistDataSet, parsed, async () => ({
      train: await loadPart(train, parsed),
      test: await loadPart(test, parsed),
      classNames,
    }));
  },
};
