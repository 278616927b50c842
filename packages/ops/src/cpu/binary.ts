import { type AddInputs, broadcast_util } from '@tensorflow/tfjs-core';
import { sizeOf } from '../host-array.js';
import { type FastKernel, floatValues, output } from './kernel.js';
import { broadcastStrides, walk } from './walk.js';

/** Writes `count` results to `out` from `at` on, from `a[aAt + i · aStep]` and `b[bAt + i · bStep]`. */
type Row = (
  a: Float32Array,
  aAt: number,
  aStep: number,
  b: Float32Array,
  bAt: number,
  bStep: number,
  out: Float32Array,
  at: number,
  count: number,
) => void;

type Binary = FastKernel<AddInputs, object>;

/** An elementwise kernel of two `float32` tensors that broadcast. */
function binary(row: Row): Binary {
  return ({ inputs: { a, b }, backend }) => {
    const aValues = floatValues(backend, a);
    const bValues = floatValues(backend, b);
    if (!aValues || !bValues) return undefined;
    const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const out = new Float32Array(sizeOf(shape));
    let at = 0;
    walk(shape, broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape), (aAt, aStep, bAt, bStep, count) => {
      row(aValues, aAt, aStep, bValues, bAt, bStep, out, at, count);
      at += count;
    });
    return output(backend, out, shape);
  };
}

// Each loop is written out: one that called an operation given to it would call it, not inline it, at every element.

export const add: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = a[aAt]! + b[bAt]!;
});

export const subtract: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = a[aAt]! - b[bAt]!;
});

export const multiply: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = a[aAt]! * b[bAt]!;
});

export const divide: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = a[aAt]! / b[bAt]!;
});

export const maximum: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = Math.max(a[aAt]!, b[bAt]!);
});

export const minimum: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = Math.min(a[aAt]!, b[bAt]!);
});

export const squaredDifference: Binary = binary((a, aAt, aStep, b, bAt, bStep, out, at, count) => {
  for (let i = 0; i < count; i++, aAt += aStep, bAt += bStep) out[at + i] = (a[aAt]! - b[bAt]!) * (a[aAt]! - b[bAt]!);
});
