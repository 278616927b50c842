import { reshape, type Tensor, type Tensor4D } from '@jogak/ops';
import { asFloat } from './as-float.js';

/** A sequence `[batch, steps, channels]` as images one pixel high, and images as they are, `float32`. */
export function asImages(x: Tensor): Tensor4D {
  const images = x.rank === 3 ? reshape(x, [x.shape[0] as number, 1, ...x.shape.slice(1)]) : x;
  return asFloat(images) as Tensor4D;
}

/** Sizes along the axes that {@link asImages} gives: height 1 for a sequence. */
export function asImageSizes(sizes: readonly number[]): [height: number, width: number] {
  const [height, width] = [1, ...sizes].slice(-2) as [number, number];
  return [height, width];
}
