export { gunzip } from './formats/gzip.js';
export { parseIdx } from './formats/idx.js';
export { fashionMnist } from './images/fashion-mnist.js';
export type { ImageDataSet, ImageLoader, LabeledImages } from './images/image-classes.js';
export type { LoadOptions, LoadProgress, SampleSource } from './load/load-options.js';
