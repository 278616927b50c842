import { type FusedBatchNormAttrs, type FusedBatchNormInputs, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

// The contracts of the kernels named Jogak… are in `@jogak/ops`: normalization/kernel-contract.ts.

/** Numbers in a block of rows: with what is computed of them they fit the first cache. */
const BLOCK = 4096;

/** Rows and channels of a tensor, channels last, and rows in a block. */
function layout(x: TensorInfo): { rows: number; channels: number; block: number; blocks: number } {
  const channels = x.shape[x.shape.length - 1]!;
  const rows = util.sizeFromShape(x.shape) / channels;
  const block = Math.max(16, Math.floor(BLOCK / channels));
  return { rows, channels, block, blocks: Math.ceil(rows / block) };
}

/** Normalizes each channel by given mean and variance. */
function normalize(
  backend: SimdBackend,
  x: TensorInfo,
  mean: TensorInfo,
  variance: TensorInfo,
  gamma: TensorInfo | undefined,
  beta: TensorInfo | undefined,
  epsilon: number,
): TensorInfo {
  const { rows, channels, block, blocks } = layout(x);
  const y = backend.output(x.shape);
  backend.run(
    'normalizeChannelsF32',
    blocks,
    backend.pointer(x),
    backend.pointer(mean),
    backend.pointer(variance),
    gamma ? backend.pointer(gamma) : 0,
    beta ? backend.pointer(beta) : 0,
    backend.pointer(y),
    rows,
    channels,
    block,
    epsilon,
  );
  return y;
}

/** Normalizes each channel by a given mean and variance, float32. */
export const fusedBatchNorm: SimdKernel = simdKernel<FusedBatchNormInputs, FusedBatchNormAttrs>(
  'FusedBatchNorm',
  ({ inputs: { x, mean, variance, scale, offset }, attrs, backend }) => {
    const given = [mean, variance, scale, offset].filter(part => part !== undefined);
    const channels = x.shape[x.shape.length - 1];
    const fits = given.every(part => part.dtype === 'float32' && part.shape.length === 1 && part.shape[0] === channels);
    if (x.dtype !== 'float32' || !fits || util.sizeFromShape(x.shape) === 0) return undefined;
    return normalize(backend, x, mean, variance, scale, offset, attrs.varianceEpsilon ?? 0.001);
  },
);

interface BatchNormInputs {
  readonly x: TensorInfo;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

/** Normalizes each channel by its own mean and variance, and gives these, too. */
export const batchNorm: SimdKernel = simdKernel<BatchNormInputs, { epsilon: number }>(
  'JogakBatchNorm',
  ({ inputs: { x, gamma, beta }, attrs: { epsilon }, backend }) => {
    const { rows, channels, block, blocks } = layout(x);
    const mean = backend.output([channels]);
    const variance = backend.output([channels]);
    const parts = backend.scratch(2 * blocks * channels * 4);
    backend.run('blockMomentsF32', blocks, backend.pointer(x), parts, rows, channels, block);
    backend.run('joinMomentsF32', 1, parts, backend.pointer(mean), backend.pointer(variance), rows, channels, block);
    backend.releaseScratch(parts);
    return [normalize(backend, x, mean, variance, gamma, beta, epsilon), mean, variance];
  },
);

interface BatchNormGradInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly gamma: TensorInfo;
  readonly mean: TensorInfo;
  readonly variance: TensorInfo;
}

/** The gradients of {@link batchNorm} by x, gamma and beta. */
export const batchNormGrad: SimdKernel = simdKernel<BatchNormGradInputs, { epsilon: number }>(
  'JogakBatchNormGrad',
  ({ inputs: { x, dy, gamma, mean, variance }, attrs: { epsilon }, backend }) => {
    const { rows, channels, block, blocks } = layout(x);
    const dx = backend.output(x.shape);
    const dGamma = backend.output([channels]);
    const dBeta = backend.output([channels]);
    const ofX = backend.pointer(x);
    const ofDy = backend.pointer(dy);
    const ofMean = backend.pointer(mean);
    const ofVariance = backend.pointer(variance);
    const products = backend.pointer(dGamma);
    const sums = backend.pointer(dBeta);
    const bytes = blocks * channels * 4;
    const parts = backend.scratch(2 * bytes);
    backend.run('blockGradientsF32', blocks, ofX, ofDy, ofMean, parts, rows, channels, block);
    backend.run('sumF32', 1, parts, sums, 1, blocks, channels, blocks, 1, 1);
    backend.run('sumF32', 1, parts + bytes, products, 1, blocks, channels, blocks, 1, 1);
    backend.releaseScratch(parts);
    const ofGamma = backend.pointer(gamma);
    const to = backend.pointer(dx);
    backend.run('channelsGradientF32', blocks, ofX, ofDy, ofMean, ofVariance, ofGamma, sums, products, to, rows, channels, block, epsilon);
    backend.run('overDeviationF32', 1, products, ofVariance, channels, epsilon);
    return [dx, dGamma, dBeta];
  },
);
