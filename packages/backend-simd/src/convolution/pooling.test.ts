import { describe, expect, it } from 'vitest';
import { expectResults, expectSameAsCpu, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** Input shape, window, strides and padding: channels below, at and above a vector; windows that overlap, tile, and leave pixels out. */
const cases: [number[], [number, number], [number, number], 'valid' | 'same' | number][] = [
  [[2, 4, 4, 1], [2, 2], [2, 2], 'valid'],
  [[2, 5, 7, 3], [2, 2], [2, 2], 'valid'],
  [[2, 5, 7, 10], [2, 2], [2, 2], 'same'],
  [[9, 28, 28, 10], [2, 2], [2, 2], 'valid'],
  [[2, 5, 7, 5], [2, 2], [2, 2], 'valid'],
  [[2, 8, 6, 9], [2, 2], [3, 2], 'valid'],
  [[2, 6, 5, 12], [2, 2], [1, 1], 'valid'],
  [[3, 9, 8, 4], [3, 3], [2, 2], 'same'],
  [[1, 33, 11, 5], [3, 2], [1, 2], 'valid'],
  [[2, 6, 6, 8], [2, 2], [3, 4], 'same'],
  [[2, 5, 5, 7], [3, 3], [1, 1], 2],
  [[4, 1, 9, 31], [1, 3], [1, 3], 'same'],
  [[3, 4, 4, 2], [4, 4], [4, 4], 'valid'],
  [[2, 3, 3, 6], [1, 1], [2, 2], 'valid'],
  [[2, 3, 3, 6], [1, 1], [1, 1], 'valid'],
  [[0, 4, 4, 3], [2, 2], [2, 2], 'valid'],
];

/** Pixels in the one dimension that an output of a pooling sees: outputs along an axis. */
function outputs(size: number, window: number, stride: number, pad: 'valid' | 'same' | number): number {
  if (pad === 'same') return Math.ceil(size / stride);
  return Math.floor((size - window + (pad === 'valid' ? 0 : 2 * pad)) / stride) + 1;
}

function gradientCase([shape, filterSize, strides, pad]: (typeof cases)[number], x: Values): [Record<string, Values>, object] {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const outShape = [batch, outputs(height, filterSize[0], strides[0], pad), outputs(width, filterSize[1], strides[1], pad), channels];
  const dy = sample(outShape, 7);
  return [
    { dy, input: x, output: dy },
    { filterSize, strides, pad },
  ];
}

describe('MaxPool', () => {
  it('gives what cpu does for every window, stride and padding', () => {
    for (const [shape, filterSize, strides, pad] of cases) expectSameAsCpu('MaxPool', { x: sample(shape) }, { filterSize, strides, pad });
  });

  it('passes over NaN, and has -Infinity for a window of nothing else', () => {
    const x = floats([NaN, 1, 2, NaN, NaN, NaN, NaN, NaN, -Infinity, NaN, NaN, -Infinity, Infinity, NaN, -1, -2], [4, 2, 2, 1]);
    const y = floats([2, -Infinity, -Infinity, Infinity], [4, 1, 1, 1]);
    expectResults('MaxPool', { x }, { filterSize: 2, strides: 2, pad: 'valid' }, [y], 0);
  });

  it('leaves integers to cpu', () => {
    expectSameAsCpu('MaxPool', { x: sampleIntegers([2, 4, 4, 3], 9) }, { filterSize: 2, strides: 2, pad: 'valid' });
  });
});

describe('MaxPoolGrad', () => {
  // A sum of up to nine gradients, which cpu adds up in float64.
  const tolerance = 1e-6;

  it('gives what cpu does for every window, stride and padding', () => {
    for (const one of cases) expectSameAsCpu('MaxPoolGrad', ...gradientCase(one, sample(one[0])), tolerance);
  });

  it('gives the whole gradient to the first of equal pixels', () => {
    for (const one of cases) {
      const x = sampleIntegers(one[0], 2);
      expectSameAsCpu('MaxPoolGrad', ...gradientCase(one, floats(x.values, x.shape)), tolerance);
    }
  });

  it('gives nothing to a window without a number above -Infinity', () => {
    const x = floats([NaN, 1, 2, NaN, NaN, NaN, NaN, NaN, -Infinity, NaN, NaN, -Infinity, Infinity, NaN, -1, NaN], [4, 2, 2, 1]);
    const dy = floats([3, 4, 5, NaN], [4, 1, 1, 1]);
    const dx = floats([0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, NaN, 0, 0, 0], [4, 2, 2, 1]);
    expectResults('MaxPoolGrad', { dy, input: x, output: dy }, { filterSize: 2, strides: 2, pad: 'valid' }, [dx], 0);
  });
});

describe('AvgPool', () => {
  it('gives what cpu does for every window, stride and padding', () => {
    // cpu adds up to 16 numbers in float64.
    for (const [shape, filterSize, strides, pad] of cases) {
      expectSameAsCpu('AvgPool', { x: sample(shape) }, { filterSize, strides, pad }, 1e-6);
    }
  });

  it('keeps NaN and infinities', () => {
    const x = floats([NaN, 1, 2, 3, Infinity, 1, 2, 3, Infinity, -Infinity, 0, 0], [3, 2, 2, 1]);
    const y = floats([NaN, Infinity, NaN], [3, 1, 1, 1]);
    expectResults('AvgPool', { x }, { filterSize: 2, strides: 2, pad: 'valid' }, [y], 0);
  });
});

describe('AvgPoolGrad', () => {
  it('shares a gradient by the size of the window, also where that reaches over the edge, as tfjs does', () => {
    for (const one of cases) {
      const [inputs, attrs] = gradientCase(one, sample(one[0]));
      expectResults('AvgPoolGrad', inputs, attrs, [averageGradient(inputs.dy!, one)], 1e-6);
    }
  });
});

/** dx[pixel] = Σ dy[window] / size of the window, over the windows that hold the pixel, in float64. */
function averageGradient(dy: Values, [shape, window, strides, pad]: (typeof cases)[number]): Values {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
  const before = (axis: 0 | 1, size: number, outSize: number): number => {
    if (pad === 'valid') return 0;
    return pad === 'same' ? Math.floor(Math.max(0, (outSize - 1) * strides[axis] + window[axis] - size) / 2) : pad;
  };
  const top = before(0, height, outHeight);
  const left = before(1, width, outWidth);
  const dx = new Float64Array(batch * height * width * channels);
  dy.values.forEach((value, index) => {
    const channel = index % channels;
    const column = Math.floor(index / channels) % outWidth;
    const row = Math.floor(index / channels / outWidth) % outHeight;
    const image = Math.floor(index / channels / outWidth / outHeight);
    for (let r = row * strides[0] - top; r < row * strides[0] - top + window[0]; r++) {
      for (let c = column * strides[1] - left; c < column * strides[1] - left + window[1]; c++) {
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        dx[((image * height + r) * width + c) * channels + channel]! += value / (window[0] * window[1]);
      }
    }
  });
  return floats(dx, shape);
}

it('a pooling of window 1 and stride 1 copies nothing', () => {
  const x = sample([2, 3, 3, 6]);
  const attrs = { filterSize: 1, strides: 1, pad: 'valid' };
  expect(expectSameAsCpu('MaxPool', { x }, attrs)[0]!.values).toEqual(x.values);
});
