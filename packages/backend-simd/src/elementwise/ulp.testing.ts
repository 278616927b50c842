import { expect } from 'vitest';
import { backends, floats, runKernel } from '../kernel.testing.js';

/** The distance from |x| to the next float32 towards Infinity; of numbers below the normal ones, the smallest float32. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -126) return 2 ** -149;
  const exponent = Math.floor(Math.log2(size));
  return 2 ** (Math.min(127, 2 ** exponent > size ? exponent - 1 : exponent) - 23);
}

/** Every `stride`-th float32 from 0 to Infinity, and their negatives, and what is special among numbers. */
export function everyFloat(stride: number): Float32Array {
  const count = Math.floor(0x7f800000 / stride) + 1;
  const bits = new Int32Array(2 * count + specials.length);
  for (let i = 0; i < count; i++) {
    bits[i] = i * stride;
    bits[count + i] = (i * stride) | 0x80000000;
  }
  const values = new Float32Array(bits.buffer);
  values.set(specials, 2 * count);
  return values;
}

const specials = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 2 ** -149, -(2 ** -149), 2 ** -126, -(2 ** -126), 0.5, -0.5, 2, -2];

/**
 * The kernel of a float32 → float32 function is within `bound` ulps of `reference`, which computes in float64, over the whole range of
 * float32, in both builds. NaN, infinities and the signs of zeros are where they are in the reference rounded to float32; only next to
 * the largest number may one be finite and the other not.
 */
export function expectWithinUlps(kernelName: string, reference: (x: number) => number, bound: number, stride = 40_009): void {
  const x = everyFloat(stride);
  for (const [name, backend] of [backends[0]!, backends[2] ?? backends[0]!]) {
    const [{ values: y } = { values: x }] = runKernel(backend, 'simd', kernelName, { x: floats(x) });
    for (let i = 0; i < x.length; i++) {
      const wanted = reference(x[i]!);
      const got = y[i]!;
      if (Object.is(Math.fround(wanted), got)) continue;
      // A zero that is not the one expected has the wrong sign.
      if (Math.abs(got - wanted) <= bound * ulp(wanted) && (got !== 0 || wanted !== 0)) continue;
      if (Math.abs(wanted) > 2 ** 128 * (1 - bound * 2 ** -23) && Math.abs(wanted) < 2 ** 128 * (1 + bound * 2 ** -23)) continue;
      expect.fail(`${kernelName}(${x[i]}) is ${got} (${name}), expected ${wanted} to ${bound} ulp`);
    }
  }
}
