import { embeddedSource } from './embedded-source.js';
import type { SampleSource } from './sample-source.js';

/**
 * 6,000 training and 1,000 test images of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017), 600 and 100 of each of the ten classes,
 * as the four IDX files of the original: `uint8` images `[n, 28, 28]` and labels `[n]`.
 */
export const fashionMnistSample: SampleSource = embeddedSource(
  {
    name: 'Fashion-MNIST sample',
    license: 'MIT',
    origin: 'https://github.com/zalandoresearch/fashion-mnist',
    files: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  },
  () => import('./fashion-mnist-data.js'),
);
