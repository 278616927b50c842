import { permutation, randomKey, sizeOf, type Tensor, tensor } from '@jogak/ops';

/**
 * Values around 0 in random order, evenly apart: no two closer than 0.05, none closer to 0 than 0.025. So steps of 0.02 cross no
 * kink of a rectifier, and no two values change places in a maximum.
 */
export function separatedValues(shape: readonly number[], seed = 1): Float32Array {
  const size = sizeOf(shape);
  const spacing = Math.max(0.05, Math.min(0.1, 4 / size));
  const order = permutation(randomKey(seed, 'values'), size);
  // A quarter off the middle, so that an odd number of values has none at 0.
  return Float32Array.from(order, place => spacing * (place - Math.floor(size / 2) + 0.5));
}

/** {@link separatedValues} as a tensor; of dtype `int32`, the integers 0, 1, 2 over and over. */
export function testInput(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32', seed = 1): Tensor {
  if (dtype === 'int32')
    return tensor(
      Int32Array.from({ length: sizeOf(shape) }, (_, i) => i % 3),
      [...shape],
      'int32',
    );
  return tensor(separatedValues(shape, seed), [...shape], 'float32');
}

/** What element `i` of the outputs counts in the sums whose gradients are compared: neither equal nor orderly. */
export const outputWeight = (i: number): number => Math.cos(1 + i);
