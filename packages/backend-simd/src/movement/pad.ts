import { type MirrorPadAttrs, type MirrorPadInputs, type PadV2Attrs, type PadV2Inputs, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { fill } from './fill.js';
import { bytesOf, copyStrided, stridesOf } from './strided.js';

/** x with a frame of one value around it. */
export const padV2: SimdKernel = simdKernel<PadV2Inputs, PadV2Attrs>('PadV2', ({ inputs: { x }, attrs, backend }) =>
  padWith(backend, x, attrs.paddings, attrs.constantValue),
);

/** See {@link padV2}; `undefined` for types that are no numbers. */
export function padWith(
  backend: SimdBackend,
  x: TensorInfo,
  paddings: readonly (readonly number[])[],
  value: number,
): TensorInfo | undefined {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined || x.shape.length > 6) return undefined;
  const out = backend.output(
    x.shape.map((size, axis) => paddings[axis]![0]! + size + paddings[axis]![1]!),
    x.dtype,
  );
  const strides = stridesOf(out.shape);
  let to = backend.pointer(out);
  fill(backend, to, util.sizeFromShape(out.shape), x.dtype, value);
  for (let axis = 0; axis < strides.length; axis++) to += paddings[axis]![0]! * strides[axis]! * bytes;
  copyStrided(backend, bytes, backend.pointer(x), to, x.shape, stridesOf(x.shape), strides);
  return out;
}

/** x with a frame that mirrors what is inside: along each axis what comes before, x itself, and what comes after, are copied apart. */
export const mirrorPad: SimdKernel = simdKernel<MirrorPadInputs, MirrorPadAttrs>('MirrorPad', ({ inputs: { x }, attrs, backend }) => {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined || x.shape.length > 6) return undefined;
  const { paddings, mode } = attrs;
  const out = backend.output(
    x.shape.map((size, axis) => paddings[axis]![0] + size + paddings[axis]![1]),
    x.dtype,
  );
  const fromStrides = stridesOf(x.shape);
  const toStrides = stridesOf(out.shape);
  const edge = mode === 'reflect' ? 1 : 0;
  const lengths = [...x.shape];
  const steps = [...fromStrides];
  const copyFrom = (axis: number, from: number, to: number): void => {
    if (axis === x.shape.length) {
      copyStrided(backend, bytes, from, to, lengths, steps, toStrides);
      return;
    }
    const [before, after] = paddings[axis]!;
    const size = x.shape[axis]!;
    const fromStride = fromStrides[axis]! * bytes;
    const toStride = toStrides[axis]! * bytes;
    const part = (length: number, first: number, direction: number, at: number): void => {
      if (length === 0) return;
      lengths[axis] = length;
      steps[axis] = direction * fromStrides[axis]!;
      copyFrom(axis + 1, from + first * fromStride, to + at * toStride);
    };
    part(before, before - 1 + edge, -1, 0);
    part(size, 0, 1, before);
    part(after, size - 1 - edge, -1, before + size);
  };
  if (util.sizeFromShape(x.shape) > 0) copyFrom(0, backend.pointer(x), backend.pointer(out));
  return out;
});
