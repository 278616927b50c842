import { describe, expect, it } from 'vitest';
import { backends, expectResults, expectSameAsCpu, floats, runKernel, sample, type Values } from '../kernel.testing.js';

/** Images with few channels and many, and what they are resized to: larger, smaller, one pixel. */
const cases: readonly (readonly [images: readonly number[], size: readonly [number, number]])[] = [
  [
    [1, 1, 1, 1],
    [1, 1],
  ],
  [
    [1, 4, 4, 1],
    [8, 8],
  ],
  [
    [2, 5, 3, 3],
    [7, 10],
  ],
  [
    [3, 9, 7, 4],
    [4, 3],
  ],
  [
    [2, 6, 11, 17],
    [13, 5],
  ],
  [
    [1, 3, 2, 33],
    [1, 1],
  ],
  [
    [2, 1, 1, 5],
    [3, 4],
  ],
  [
    [2, 40, 30, 16],
    [81, 60],
  ],
];
const settings = [
  { alignCorners: false, halfPixelCenters: false },
  { alignCorners: true, halfPixelCenters: false },
  { alignCorners: false, halfPixelCenters: true },
];

const sum = (values: ArrayLike<number>, others: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value, index) => total + value * others[index]!, 0);

describe.each([
  ['ResizeBilinear', 5e-7],
  ['ResizeNearestNeighbor', 0],
])('%s', (kernelName, tolerance) => {
  it(`is that of cpu, to ${tolerance}`, () => {
    for (const [shape, size] of cases)
      for (const attrs of settings) expectSameAsCpu(kernelName, { images: sample(shape) }, { ...attrs, size }, tolerance);
  });

  it('has NaN and infinities where cpu has them', () => {
    const images = floats([NaN, 1, 2, Infinity, 3, 4, -Infinity, 5, 6], [1, 3, 3, 1]);
    for (const attrs of settings) expectSameAsCpu(kernelName, { images }, { ...attrs, size: [5, 6] }, tolerance);
  });

  it('has the gradient that a linear map has: y·dy is x·dx, and dx is linear in dy', () => {
    for (const [shape, size] of cases) {
      for (const attrs of settings) {
        const [, backend] = backends[1]!;
        const images = sample(shape, 2);
        const [y] = runKernel(backend, 'simd', kernelName, { images }, { ...attrs, size }) as [Values];
        const dy = sample(y.shape, 5);
        const [dx] = runKernel(backend, 'simd', `${kernelName}Grad`, { images, dy }, { ...attrs, size }) as [Values];
        expect(dx.shape).toEqual(shape);
        expect(Math.abs(sum(dx.values, images.values) - sum(dy.values, y.values))).toBeLessThan(1e-4);
      }
    }
  });

  it('has the gradient of each pixel, by putting one into the forward kernel at a time', () => {
    for (const attrs of settings) {
      const shape = [2, 3, 4, 2];
      const dy = sample([2, 5, 3, 2], 8);
      const wanted = Array.from({ length: 48 }, (_, pixel) => {
        const images = floats(
          Array.from({ length: 48 }, (__, index) => (index === pixel ? 1 : 0)),
          shape,
        );
        const [y] = runKernel(backends[0]![1], 'simd', kernelName, { images }, { ...attrs, size: [5, 3] }) as [Values];
        return sum(y.values, dy.values);
      });
      expectResults(`${kernelName}Grad`, { images: sample(shape), dy }, { ...attrs, size: [5, 3] }, [floats(wanted, shape)], 1e-6);
    }
  });
});
