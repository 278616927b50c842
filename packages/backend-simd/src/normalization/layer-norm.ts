import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

// The contracts of these kernels are in `@jogak/ops`: normalization/kernel-contract.ts.

/** Numbers in a chunk. */
const CHUNK = 4096;

interface LayerNormInputs {
  readonly x: TensorInfo;
  readonly gamma: TensorInfo;
  readonly beta: TensorInfo;
}

/** Normalizes each row, and gives what its gradient needs. */
export const layerNorm: SimdKernel = simdKernel<LayerNormInputs, { epsilon: number }>(
  'JogakLayerNorm',
  ({ inputs: { x, gamma, beta }, attrs: { epsilon }, backend }) => {
    const columns = util.sizeFromShape(gamma.shape);
    const rows = util.sizeFromShape(x.shape) / columns;
    const y = backend.output(x.shape);
    const mean = backend.output([rows]);
    const inverse = backend.output([rows]);
    const perChunk = Math.max(1, Math.floor(CHUNK / columns));
    backend.run(
      'normalizeRowsF32',
      Math.ceil(rows / perChunk),
      backend.pointer(x),
      backend.pointer(gamma),
      backend.pointer(beta),
      backend.pointer(y),
      backend.pointer(mean),
      backend.pointer(inverse),
      rows,
      columns,
      perChunk,
      epsilon,
    );
    return [y, mean, inverse];
  },
);

interface LayerNormGradInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly gamma: TensorInfo;
  readonly mean: TensorInfo;
  readonly inverse: TensorInfo;
}

/** The gradients of {@link layerNorm} by x, gamma and beta. */
export const layerNormGrad: SimdKernel = simdKernel<LayerNormGradInputs, object>(
  'JogakLayerNormGrad',
  ({ inputs: { x, dy, gamma, mean, inverse }, backend }) => {
    const columns = util.sizeFromShape(gamma.shape);
    const rows = util.sizeFromShape(x.shape) / columns;
    const dx = backend.output(x.shape);
    const dGamma = backend.output(gamma.shape);
    const dBeta = backend.output(gamma.shape);
    const perChunk = Math.max(1, Math.floor(CHUNK / columns));
    const chunks = Math.ceil(rows / perChunk);
    const bytes = chunks * columns * 4;
    const parts = backend.scratch(2 * bytes);
    backend.run(
      'rowsGradientF32',
      chunks,
      backend.pointer(x),
      backend.pointer(dy),
      backend.pointer(gamma),
      backend.pointer(mean),
      backend.pointer(inverse),
      backend.pointer(dx),
      parts,
      rows,
      columns,
      perChunk,
    );
    backend.run('sumF32', 1, parts, backend.pointer(dGamma), 1, chunks, columns, chunks, 1, 1);
    backend.run('sumF32', 1, parts + bytes, backend.pointer(dBeta), 1, chunks, columns, chunks, 1, 1);
    backend.releaseScratch(parts);
    return [dx, dGamma, dBeta];
  },
);
