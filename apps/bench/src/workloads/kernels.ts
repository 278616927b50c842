import { randomNormals } from '../data/random.js';
import { type Cost, times, total } from '../floor/cost.js';
import { convolution, matrixProduct, moved } from '../floor/layers.js';
import type { ConvolutionTask } from '../protocol.js';
import type { Workload } from './workload.js';

/** `[n, n] · [n, n]` */
const gemm = (size: number): Workload => ({
  name: `gemm-${size}`,
  group: 'gemm',
  title: `${size}×${size} by ${size}×${size}`,
  method: 'rounds',
  per: 'product',
  units: 1,
  cost: matrixProduct(size),
  peers: null,
  prepare: async ({ files }) => {
    const matrix = (name: string) => files.write(`gemm-${size}-${name}`, randomNormals(name, size * size), [size, size]);
    return { task: { kind: 'matmul', size, a: matrix('a'), b: matrix('b') }, data: null };
  },
});

/** A convolution as networks have it. */
interface Convolution {
  readonly name: string;
  readonly batch: number;
  /** Height and width of the input. */
  readonly size: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

const shapes: readonly Convolution[] = [
  { name: 'lenet-1', batch: 32, size: 28, inChannels: 1, outChannels: 6, kernel: 5, stride: 1, padding: 'same' },
  { name: 'lenet-2', batch: 32, size: 14, inChannels: 6, outChannels: 16, kernel: 5, stride: 1, padding: 'valid' },
  { name: 'vgg-56', batch: 8, size: 56, inChannels: 64, outChannels: 64, kernel: 3, stride: 1, padding: 'same' },
  { name: 'vgg-14', batch: 8, size: 14, inChannels: 256, outChannels: 256, kernel: 3, stride: 1, padding: 'same' },
  { name: 'resnet-32', batch: 32, size: 32, inChannels: 16, outChannels: 16, kernel: 3, stride: 1, padding: 'same' },
  { name: 'resnet-1x1', batch: 8, size: 28, inChannels: 256, outChannels: 64, kernel: 1, stride: 1, padding: 'same' },
  { name: 'resnet-strided', batch: 8, size: 28, inChannels: 128, outChannels: 128, kernel: 3, stride: 2, padding: 'same' },
];

/** Height and width of a convolution's output. */
const outputSize = ({ size, kernel, stride, padding }: Convolution): number =>
  padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1;

/** Cost of a convolution, or of both of its gradients: each as many multiplications, and every array moved once. */
export function convolutionCost(shape: Convolution, direction: 'forward' | 'backward'): Cost {
  const { batch, size, inChannels, outChannels, kernel } = shape;
  const out = outputSize(shape);
  const [input, filter, output] = [
    batch * size * size * inChannels,
    kernel * kernel * inChannels * outChannels,
    batch * out * out * outChannels,
  ];
  const forward = convolution({ batch, height: out, width: out, inChannels, outChannels, kernel });
  return direction === 'forward'
    ? total(forward, moved(4 * (input + filter + output)))
    : total(times(2, forward), moved(4 * (2 * input + 2 * filter + output)));
}

const conv2d = (shape: Convolution, direction: 'forward' | 'backward'): Workload => {
  const { name, batch, size, inChannels, outChannels, kernel, stride, padding } = shape;
  return {
    name: `conv2d-${name}-${direction}`,
    group: 'conv2d',
    title: `${batch}×${size}×${size}×${inChannels} → ${outChannels}, ${kernel}×${kernel}, stride ${stride}, ${padding}${direction === 'forward' ? '' : ': both gradients'}`,
    method: 'rounds',
    per: direction === 'forward' ? 'convolution' : 'pair of gradients',
    units: 1,
    cost: convolutionCost(shape, direction),
    peers: null,
    prepare: async ({ files }) => {
      const out = outputSize(shape);
      const array = (part: string, ...sizes: number[]) =>
        files.write(
          `conv2d-${name}-${part}`,
          randomNormals(
            part,
            sizes.reduce((product, axis) => product * axis),
          ),
          sizes,
        );
      const task: ConvolutionTask = {
        kind: 'conv2d',
        direction,
        stride,
        padding,
        x: array('x', batch, size, size, inChannels),
        filter: array('filter', kernel, kernel, inChannels, outChannels),
        dy: array('dy', batch, out, out, outChannels),
      };
      return { task, data: null };
    },
  };
};

/** Products and convolutions by themselves. */
export const kernels: Readonly<Record<'gemm' | 'conv2d', readonly Workload[]>> = {
  gemm: [32, 64, 128, 256, 512, 1024, 2048].map(gemm),
  conv2d: shapes.flatMap(shape => [conv2d(shape, 'forward'), conv2d(shape, 'backward')]),
};
