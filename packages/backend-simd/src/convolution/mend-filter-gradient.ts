import type { SimdBackend } from '../backend.js';
import type { Info } from './geometry.js';

/** Activations whose gradient kernels of the filter's gradient take themselves; assembly/convolution/filter-gradient-few.ts has the same. */
export const GRADIENT_ACTIVATIONS = { linear: 0, relu: 1 } as const;

/** Name of such an activation. */
export type GradientActivation = keyof typeof GRADIENT_ACTIVATIONS;

/** Numbers that a chunk looks at: where none is NaN, that is all there is to do. */
const CHUNK = 2 ** 15;

/**
 * Computes anew what is NaN in the gradient by the filter at address `to`, without padding, which is multiplied as zeros otherwise: that
 * is seen only where it meets NaN or infinity.
 *
 * @param y what the activation gave, 0 where `dy` is the gradient of the sums
 * @param activation one of {@link GRADIENT_ACTIVATIONS}
 */
export function mendFilterGradient(
  backend: SimdBackend,
  x: number,
  dy: number,
  to: number,
  info: Info,
  y = 0,
  activation: number = 0,
): void {
  const chunkInputs = Math.ceil(CHUNK / info.outChannels);
  backend.run(
    'mendFilterGradientF32',
    Math.ceil((info.filterHeight * info.filterWidth * info.inChannels) / chunkInputs),
    x,
    dy,
    to,
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    chunkInputs,
    y,
    activation,
  );
}
