import {
  type BatchMatMulAttrs,
  type BatchMatMulInputs,
  broadcast_util,
  type _FusedMatMulAttrs as FusedMatMulAttrs,
  type _FusedMatMulInputs as FusedMatMulInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { finishInPlace, startWithBias } from './epilogue.js';
import { gemm, matrix } from './gemm.js';
import { type FastKernel, floatValues, type KernelCall, output } from './kernel.js';

/** `a [… , m, k] · b [… , k, n] → [… , m, n]`, either transposed in its last two axes; the leading axes broadcast. `float32`. */
export const batchMatMul: FastKernel<BatchMatMulInputs, BatchMatMulAttrs> = ({ inputs, attrs, backend }) =>
  product(inputs.a, inputs.b, attrs.transposeA, attrs.transposeB, backend);

/** `activation(a · b + bias)`, shapes as in {@link batchMatMul}. A bias that is not one number a column is left to tfjs' kernel. */
export const fusedMatMul: FastKernel<FusedMatMulInputs, FusedMatMulAttrs> = ({ inputs, attrs, backend }) => {
  const { a, b, bias, preluActivationWeights } = inputs;
  const linear = product(a, b, attrs.transposeA, attrs.transposeB, backend, bias);
  return linear && finishInPlace(backend, linear, attrs.activation, preluActivationWeights, attrs.leakyreluAlpha);
};

function product(
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  backend: KernelCall<unknown, unknown>['backend'],
  bias?: TensorInfo,
): TensorInfo | undefined {
  const aValues = floatValues(backend, a);
  const bValues = floatValues(backend, b);
  if (!aValues || !bValues) return undefined;
  const [aHeight = 0, aWidth = 0] = a.shape.slice(-2);
  const [bHeight = 0, bWidth = 0] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aWidth, aHeight] : [aHeight, aWidth];
  const [bDepth, columns] = transposeB ? [bWidth, bHeight] : [bHeight, bWidth];
  if (depth !== bDepth || a.shape.length < 2 || b.shape.length < 2) return undefined; // tfjs' kernel says what is wrong.
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const batches = util.sizeFromShape(batch);
  const values = startWithBias(backend, batches * rows * columns, columns, bias);
  if (!values) return undefined;
  for (let i = 0; i < batches; i++) {
    const aOffset = broadcastIndex(i, batch, aBatch) * rows * depth;
    const bOffset = broadcastIndex(i, batch, bBatch) * depth * columns;
    gemm(
      matrix(aValues, aOffset, aWidth, transposeA),
      matrix(bValues, bOffset, bWidth, transposeB),
      rows,
      depth,
      columns,
      values,
      i * rows * columns,
    );
  }
  return output(backend, values, [...batch, rows, columns]);
}

/** Index in an array of shape `from` of the element that index `i` of the broadcast shape `to` is read from. */
function broadcastIndex(i: number, to: readonly number[], from: readonly number[]): number {
  let index = 0;
  let stride = 1;
  for (let axis = to.length - 1, own = from.length - 1; own >= 0; axis--, own--) {
    const size = from[own]!;
    if (size > 1) index += (i % to[axis]!) * stride;
    stride *= size;
    i = Math.floor(i / to[axis]!);
  }
  return index;
}
