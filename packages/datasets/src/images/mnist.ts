import { FormatError, type HostArray, isHostArray, isJogakError } from '@jogak/ops';
import { parseIdx } from '../formats/idx.js';
import { type NpzFile, readNpz } from '../formats/npz.js';
import { readDataFile, readGivenFile, withRemedy } from '../load/data-files.js';
import type { DataFile, DataSet } from '../load/data-set.js';
import { type LoadOptions, parseLoadOptions } from '../load/load-options.js';
import { type ImageLoader, type LabeledImages, labeledImages } from './image-classes.js';

const npzFile: DataFile = {
  name: 'mnist.npz',
  url: 'https://storage.googleapis.com/tensorflow/tf-keras-datasets',
  bytes: 11490434,
  sha256: '731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1',
  hashOf: 'file',
};

/** MNIST, as Keras publishes it. */
export const mnistDataSet: DataSet = {
  name: 'mnist',
  title: 'MNIST',
  license: 'CC-BY-SA-3.0',
  homepage: 'http://yann.lecun.com/exdb/mnist',
  files: [npzFile],
};

const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

function fromNpz(file: NpzFile, part: 'train' | 'test', where: string): LabeledImages {
  const array = (name: string): HostArray => {
    const found = file.read(name);
    if (!isHostArray(found)) throw new FormatError(`${name} in ${where} holds Python objects; expected numbers`);
    return found;
  };
  return labeledImages(array(`x_${part}`), array(`y_${part}`), 28, 10, {
    images: `x_${part} in ${where}`,
    labels: `y_${part} in ${where}`,
  });
}

/** A part from the four IDX files of the original, where the user gave those; `undefined` when they are not there. */
async function fromIdx(prefix: 'train' | 't10k', options: LoadOptions): Promise<LabeledImages | undefined> {
  try {
    const images = await readGivenFile(mnistDataSet, `${prefix}-images-idx3-ubyte.gz`, options);
    const labels = await readGivenFile(mnistDataSet, `${prefix}-labels-idx1-ubyte.gz`, options);
    if (!images || !labels) return undefined;
    const where = { images: images.where, labels: labels.where };
    return labeledImages(parseIdx(images.bytes, images.where), parseIdx(labels.bytes, labels.where), 28, 10, where);
  } catch (error) {
    if (isJogakError(error, 'data-missing')) return undefined;
    throw error;
  }
}

/**
 * MNIST: 28 × 28 grey images of handwritten digits (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998).
 *
 * `loadData` gives `train.x` `uint8 [60000, 28, 28, 1]`, `train.y` `uint8 [60000]`, and 10,000 of the like in `test`, from Keras' `mnist.npz`; in a
 * folder or source that has none, from the four IDX files of the original. It rejects as `fashionMnist.loadData` does.
 */
export const mnist: ImageLoader = {
  classNames,
  async loadData(options = {}) {
    const parsed = parseLoadOptions(options, 'mnist.loadData');
    return withRemedy(mnistDataSet, parsed, async () => {
      try {
        const { bytes, where } = await readDataFile(mnistDataSet, npzFile, parsed);
        const file = readNpz(bytes, where);
        return { train: fromNpz(file, 'train', where), test: fromNpz(file, 'test', where), classNames };
      } catch (error) {
        if (!isJogakError(error, 'data-missing')) throw error;
        const train = await fromIdx('train', parsed);
        const test = await fromIdx('t10k', parsed);
        if (!train || !test) throw error;
        return { train, test, classNames };
      }
    });
  },
};
