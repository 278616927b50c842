import type * as tf from '@tensorflow/tfjs-core';
import type { OpName, OpTask } from '../protocol.js';
import { readArray } from './files.js';
import type { Work } from './serve.js';
import { engineWork } from './tfjs-kernels.js';

/** tfjs-core, or `@jogak/ops`, which re-exports it whole. */
export type Ops = Omit<typeof tf, 'default'>;

/** An op of an engine, on its inputs. */
export type EngineOp = (engine: Ops, ...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

type Four = tf.Tensor4D;

const convolution = { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC' };
const pooling = { filterSize: 2, strides: 2, pad: 'valid' };
const responses = { depthRadius: 2, bias: 1, alpha: 1, beta: 0.5 };

/** A kernel that only gradients call. */
const kernel =
  (name: string, inputNames: readonly string[], attributes: tf.NamedAttrMap): EngineOp =>
  (engine, ...inputs) =>
    engine.engine().runKernel(name, Object.fromEntries(inputNames.map((input, index) => [input, inputs[index] as tf.Tensor])), attributes);

/** What each op is in tfjs-core. */
export const tfjsOps: Readonly<Record<OpName, EngineOp>> = {
  add: ({ add }, a, b) => add(a as tf.Tensor, b as tf.Tensor),
  all: ({ all }, x) => all(x as tf.Tensor, 1),
  argMax: ({ argMax }, x) => argMax(x as tf.Tensor, 1),
  avgPool: ({ avgPool }, x) => avgPool(x as Four, 2, 2, 'valid'),
  avgPoolGradient: kernel('AvgPoolGrad', ['dy', 'input'], pooling),
  batchNorm: ({ batchNorm }, x, mean, variance, offset, scale) =>
    batchNorm(x as tf.Tensor, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-3),
  castToBool: ({ cast }, x) => cast(x as tf.Tensor, 'bool'),
  castToFloat: ({ cast }, x) => cast(x as tf.Tensor, 'float32'),
  clip: ({ clipByValue }, x) => clipByValue(x as tf.Tensor, -1, 1),
  concat: ({ concat }, ...list) => concat(list, -1),
  cumsum: ({ cumsum }, x) => cumsum(x as tf.Tensor, 1),
  depthwise: ({ depthwiseConv2d }, x, filter) => depthwiseConv2d(x as Four, filter as Four, 1, 'same'),
  depthwiseFilterGradient: kernel('DepthwiseConv2dNativeBackpropFilter', ['x', 'dy'], { ...convolution, filterShape: [3, 3, 64, 1] }),
  depthwiseInputGradient: kernel('DepthwiseConv2dNativeBackpropInput', ['dy', 'filter'], { ...convolution, inputShape: [8, 28, 28, 64] }),
  dropout: ({ dropout }, x) => dropout(x as tf.Tensor, 0.5),
  elu: ({ elu }, x) => elu(x as tf.Tensor),
  erf: ({ erf }, x) => erf(x as tf.Tensor),
  exp: ({ exp }, x) => exp(x as tf.Tensor),
  gather: ({ gather }, x, ids) => gather(x as tf.Tensor, ids as tf.Tensor1D),
  gatherRows: ({ gatherND }, x, ids) => gatherND(x as tf.Tensor, ids as tf.Tensor),
  globalPool: ({ mean }, x) => mean(x as tf.Tensor, [1, 2]),
  greater: ({ greater }, a, b) => greater(a as tf.Tensor, b as tf.Tensor),
  localResponse: ({ localResponseNormalization }, x) => localResponseNormalization(x as Four, 2, 1, 1, 0.5),
  localResponseGradient: kernel('LRNGrad', ['x', 'y', 'dy'], responses),
  log: ({ log }, x) => log(x as tf.Tensor),
  logSoftmax: ({ logSoftmax }, x) => logSoftmax(x as tf.Tensor),
  max: ({ max }, x) => max(x as tf.Tensor, 1),
  maxPool: ({ maxPool }, x) => maxPool(x as Four, 2, 2, 'valid'),
  // The third input, what was pooled, is asked of for its shape.
  maxPoolGradient: (engine, dy, x) => kernel('MaxPoolGrad', ['dy', 'input', 'output'], pooling)(engine, dy as Four, x as Four, dy as Four),
  mean: ({ mean }, x) => mean(x as tf.Tensor, 1),
  mod: ({ mod }, a, b) => mod(a as tf.Tensor, b as tf.Tensor),
  multiply: ({ mul }, a, b) => mul(a as tf.Tensor, b as tf.Tensor),
  normal: ({ randomNormal }) => randomNormal([1960, 100]),
  oneHot: ({ oneHot }, ids) => oneHot(ids as tf.Tensor, 100),
  pad: ({ pad }, x) =>
    pad(x as tf.Tensor, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  pow: ({ pow }, a, b) => pow(a as tf.Tensor, b as tf.Tensor),
  prod: ({ prod }, x) => prod(x as tf.Tensor, 1),
  relu: ({ relu }, x) => relu(x as tf.Tensor),
  resizeBilinear: ({ image }, x) => image.resizeBilinear(x as Four, [64, 64]),
  resizeBilinearGradient: kernel('ResizeBilinearGrad', ['dy', 'images'], { alignCorners: false, size: [128, 128] }),
  resizeNearest: ({ image }, x) => image.resizeNearestNeighbor(x as Four, [64, 64]),
  resizeNearestGradient: kernel('ResizeNearestNeighborGrad', ['dy', 'images'], { alignCorners: false, size: [128, 128] }),
  reverse: ({ reverse }, x) => reverse(x as tf.Tensor, 1),
  scatterRows: ({ scatterND }, x, ids) => scatterND(ids as tf.Tensor, x as tf.Tensor, [512, 512]),
  segmentSum: ({ unsortedSegmentSum }, x, ids) => unsortedSegmentSum(x as tf.Tensor, ids as tf.Tensor1D, 1000),
  sigmoid: ({ sigmoid }, x) => sigmoid(x as tf.Tensor),
  slice: ({ slice }, x) => slice(x as tf.Tensor, [0, 0, 0, 8], [32, 32, 32, 8]),
  softmax: ({ softmax }, x) => softmax(x as tf.Tensor),
  sumAll: ({ sum }, x) => sum(x as tf.Tensor),
  sumColumns: ({ sum }, x) => sum(x as tf.Tensor, 0),
  tanh: ({ tanh }, x) => tanh(x as tf.Tensor),
  tile: ({ tile }, x) => tile(x as tf.Tensor, [1, 64, 1]),
  topK: ({ topk }, x) => Object.values(topk(x as tf.Tensor, 5)) as tf.Tensor[],
  transpose: ({ transpose }, x) => transpose(x as tf.Tensor),
  transposeHeads: ({ transpose }, x) => transpose(x as tf.Tensor, [0, 2, 1, 3]),
  transposedConvolution: ({ conv2dTranspose }, x, filter) => conv2dTranspose(x as Four, filter as Four, [32, 14, 14, 16], 2, 'same'),
  uniform: ({ randomUniform }) => randomUniform([1960, 100]),
  where: ({ where }, condition, a, b) => where(condition as tf.Tensor, a as tf.Tensor, b as tf.Tensor),
};

/** Ops of which everyone draws other numbers. */
const random: ReadonlySet<OpName> = new Set<OpName>(['dropout', 'normal', 'uniform']);

/** An op on the backend that is set, by a table of them. */
export function opWork(engine: Ops, { op, inputs }: OpTask, table: Readonly<Record<OpName, EngineOp>> = tfjsOps): Work {
  const tensors = inputs.map(array => engine.tensor(readArray(array), [...array.shape], array.dtype === 'uint8' ? 'bool' : array.dtype));
  return engineWork(engine, () => engine.tidy(() => table[op](engine, ...tensors)), !random.has(op));
}
