import {
  AvgPoolGrad,
  avgPool,
  backend_util,
  customGrad,
  engine,
  type GradSaveFunc,
  mul,
  type Tensor,
  type Tensor4D,
  tensor4d,
} from '@tensorflow/tfjs-core';

type Pair = readonly [height: number, width: number];

/**
 * The mean of the pixels under every window, padding left out: `x [batch, height, width, channels]`, float32, gives
 * `[batch, outHeight, outWidth, channels]`, as tfjs' `avgPool`.
 *
 * Its gradient is that of the mean that it computes. That of `avgPool` divides by the size of the window where part of the window is padding,
 * too, and so is too small there; the kernels `AvgPoolGrad` of every backend keep to that, because tfjs' programs (and its conformance tests)
 * expect it, and the difference is made up for here.
 */
export function averagePool2d(x: Tensor4D, size: Pair, strides: Pair, padding: 'valid' | 'same'): Tensor4D {
  const [filterSize, steps] = [[...size] as [number, number], [...strides] as [number, number]];
  const forward = (input: Tensor4D): Tensor4D => avgPool(input, filterSize, steps, padding);
  const shares = padding === 'valid' ? undefined : missingShares(x.shape, filterSize, steps);
  if (!shares) return forward(x);
  const withGradient = (
    input: Tensor4D,
    save: GradSaveFunc,
  ): { value: Tensor4D; gradFunc: (dy: Tensor4D, saved: Tensor[]) => Tensor4D } => {
    save([input]);
    const gradFunc = (dy: Tensor4D, saved: Tensor[]): Tensor4D => {
      const scaled = mul(dy, tensor4d(shares.values, shares.shape));
      return engine().runKernel(AvgPoolGrad, { dy: scaled, input: saved[0]! }, { filterSize, strides: steps, pad: padding }) as Tensor4D;
    };
    return { value: forward(input), gradFunc };
  };
  return customGrad(withGradient as Parameters<typeof customGrad>[0])(x) as Tensor4D;
}

/** The size of the window by the number of its pixels that are inside, for every position; `undefined` where all are. */
function missingShares(
  shape: [number, number, number, number],
  filterSize: [number, number],
  strides: [number, number],
): { values: Float32Array; shape: [number, number, number, number] } | undefined {
  const { padInfo, inHeight, inWidth, outHeight, outWidth } = backend_util.computePool2DInfo(shape, filterSize, strides, 1, 'same');
  if (padInfo.top + padInfo.bottom + padInfo.left + padInfo.right === 0) return undefined;
  const rows = insideCounts(inHeight, outHeight, filterSize[0], strides[0], padInfo.top);
  const columns = insideCounts(inWidth, outWidth, filterSize[1], strides[1], padInfo.left);
  const window = filterSize[0] * filterSize[1];
  const values = Float32Array.from({ length: outHeight * outWidth }, (_, i) => {
    const [row, column] = [rows[Math.floor(i / outWidth)] as number, columns[i % outWidth] as number];
    return window / (row * column);
  });
  return { values, shape: [1, outHeight, outWidth, 1] };
}

/** How many of a window's `size` places lie inside an axis, for each of its positions. */
function insideCounts(length: number, positions: number, size: number, stride: number, before: number): number[] {
  return Array.from({ length: positions }, (_, position) => {
    const start = position * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}
