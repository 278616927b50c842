import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { SampleSource } from '../load/load-options.js';
import { mnist } from './mnist.js';

/** A .npy file of bytes. */
function npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0, ...new TextEncoder().encode(header), ...values);
}

const source = (files: Record<string, Uint8Array>): SampleSource => ({
  name: 'test',
  license: 'none',
  origin: 'this test',
  files: Object.keys(files),
  read: async name => files[name] as Uint8Array,
});

const image = Array.from({ length: 784 }, (_, i) => i % 256);
const npz = zipSync({
  'x_train.npy': npy([2, 28, 28], [...image, ...image]),
  'y_train.npy': npy([2], [7, 3]),
  'x_test.npy': npy([1, 28, 28], image),
  'y_test.npy': npy([1], [9]),
});

describe('mnist.loadData', () => {
  it('reads Keras’ mnist.npz', async () => {
    const { train, test, classNames } = await mnist.loadData({ source: source({ 'mnist.npz': npz }) });
    expect([train.x.shape, train.x.dtype, train.y.dtype]).toEqual([[2, 28, 28, 1], 'uint8', 'uint8']);
    expect([[...(train.y.data as Uint8Array)], [...(test.y.data as Uint8Array)]]).toEqual([[7, 3], [9]]);
    expect([...(test.x.data as Uint8Array)]).toEqual(image);
    expect(classNames[7]).toBe('7');
  });

  it('reads the IDX files of the original', async () => {
    const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, ...image);
    const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5);
    const files = {
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': labels,
      't10k-images-idx3-ubyte': images,
      't10k-labels-idx1-ubyte': labels,
    };
    const { train } = await mnist.loadData({ source: source(files) });
    expect([train.x.shape, [...(train.y.data as Uint8Array)]]).toEqual([[1, 28, 28, 1], [5]]);
  });

  it('says what is missing or wrong', async () => {
    await expect(mnist.loadData({ source: source({ 'a.bin': npz }) })).rejects.toMatchObject({
      code: 'data-missing',
      message: 'mnist: the source "test" has no mnist.npz, only a.bin; there is no sample of this data set',
    });
    await expect(mnist.loadData({ source: source({ 'mnist.npz': npz.slice(0, -5) }) })).rejects.toMatchObject({
      name: 'FormatError',
      message:
        'mnist.npz of test is not a zip file, is truncated, or has bytes after its end: the record that ends one is not there. ' +
        'Install the package that it comes from anew',
    });
  });
});
