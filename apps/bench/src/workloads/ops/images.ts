import { fractions, normals, type Op } from './op.js';

const image = normals(32, 28, 28, 10);
const pooled = normals(32, 14, 14, 10);
const channels = normals(8, 28, 28, 64);
const values = 8 * 28 * 28 * 64;
const filter = normals(3, 3, 64, 1);
const small = normals(8, 32, 32, 16);
/** One image: tfjs' own gradient of resizing to the nearest takes the pixels of the first one for those of all. */
const single = normals(1, 64, 64, 16);
const large = normals(1, 128, 128, 16);

export const images: readonly Op[] = [
  {
    name: 'max-pool',
    op: 'maxPool',
    title: '2×2 max pooling of 32×28×28×10',
    inputs: [image],
    outputs: 62_720,
    arithmetic: 188_160,
  },
  {
    name: 'max-pool-gradient',
    op: 'maxPoolGradient',
    title: 'Gradient of 2×2 max pooling of 32×28×28×10',
    inputs: [pooled, image],
    outputs: 250_880,
    arithmetic: 250_880,
  },
  {
    name: 'avg-pool',
    op: 'avgPool',
    title: '2×2 average pooling of 32×28×28×10',
    inputs: [image],
    outputs: 62_720,
    arithmetic: 250_880,
  },
  {
    name: 'avg-pool-gradient',
    op: 'avgPoolGradient',
    title: 'Gradient of 2×2 average pooling of 32×28×28×10',
    inputs: [pooled, image],
    outputs: 250_880,
    arithmetic: 62_720,
  },
  {
    name: 'depthwise',
    op: 'depthwise',
    title: '3×3 depthwise convolution of 8×28×28×64',
    inputs: [channels, filter],
    outputs: values,
    arithmetic: 18 * values,
  },
  {
    name: 'depthwise-input-gradient',
    op: 'depthwiseInputGradient',
    title: 'Gradient of 3×3 depthwise convolution of 8×28×28×64 by the input',
    inputs: [channels, filter],
    outputs: values,
    arithmetic: 18 * values,
  },
  {
    name: 'depthwise-filter-gradient',
    op: 'depthwiseFilterGradient',
    title: 'Gradient of 3×3 depthwise convolution of 8×28×28×64 by the filter',
    inputs: [channels, channels],
    outputs: 576,
    arithmetic: 18 * values,
  },
  {
    name: 'transposed-convolution',
    op: 'transposedConvolution',
    title: '3×3 transposed convolution, stride 2, of 32×7×7×32 to 16 channels',
    inputs: [normals(32, 7, 7, 32), normals(3, 3, 16, 32)],
    outputs: 100_352,
    arithmetic: 2 * 9 * 32 * 7 * 7 * 32 * 16,
  },
  {
    name: 'batch-norm',
    op: 'batchNorm',
    title: 'Batch normalization of 32×32×32×16, in prediction',
    inputs: [normals(32, 32, 32, 16), normals(16), fractions(16), normals(16), normals(16)],
    outputs: 524_288,
    arithmetic: 2 * 524_288,
  },
  {
    name: 'resize-bilinear',
    op: 'resizeBilinear',
    title: '8×32×32×16 resized to 64×64, bilinear',
    inputs: [small],
    outputs: 524_288,
    arithmetic: 6 * 524_288,
  },
  {
    name: 'resize-bilinear-gradient',
    op: 'resizeBilinearGradient',
    title: 'Gradient of resizing 1×64×64×16 to 128×128, bilinear',
    inputs: [large, single],
    outputs: 65_536,
    arithmetic: 8 * 262_144,
  },
  {
    name: 'resize-nearest',
    op: 'resizeNearest',
    title: '8×32×32×16 resized to 64×64, nearest',
    inputs: [small],
    outputs: 524_288,
  },
  {
    name: 'resize-nearest-gradient',
    op: 'resizeNearestGradient',
    title: 'Gradient of resizing 1×64×64×16 to 128×128, nearest',
    inputs: [large, single],
    outputs: 65_536,
    arithmetic: 262_144,
  },
  {
    name: 'local-response',
    op: 'localResponse',
    title: 'Local response normalization of 8×32×32×16, radius 2',
    inputs: [small],
    outputs: 131_072,
    arithmetic: 8 * 131_072,
    functions: 2 * 131_072,
  },
  {
    name: 'local-response-gradient',
    op: 'localResponseGradient',
    title: 'Gradient of local response normalization of 8×32×32×16, radius 2',
    inputs: [small, small, small],
    outputs: 131_072,
    arithmetic: 16 * 131_072,
    functions: 2 * 131_072,
  },
];
