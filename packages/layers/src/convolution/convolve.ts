import {
  type ActivationFunction,
  add,
  batchToSpaceND,
  concat,
  conv2d,
  convolveLinear,
  convPadding,
  pad,
  spaceToBatchND,
  split,
  type Tensor,
  type Tensor4D,
} from '@jogak/ops';

/** How {@link convolve} goes over its input; a pair holds height and width. */
export interface Window {
  readonly kernelSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilationRate: readonly [number, number];
  readonly padding: 'valid' | 'same' | 'causal';
  readonly groups: number;
  readonly activation: ActivationFunction;
}

/**
 * `activation(x ⋆ kernel + bias)`, where ⋆ is correlation: `x [batch, height, width, channels]`, `kernel [height, width, channels / groups,
 * filters]`, `bias [filters]` or null → `[batch, outHeight, outWidth, filters]`, with a gradient for every window.
 */
export function convolve(x: Tensor4D, kernel: Tensor4D, bias: Tensor | null, window: Window): Tensor4D {
  const { groups, strides, dilationRate, padding, activation } = window;
  if (groups === 1 && padding !== 'causal' && Math.max(...dilationRate) === 1)
    return convolveLinear(x, kernel, bias, { strides, padding, activation });
  const correlated = correlate(x, kernel, window);
  return activation(bias ? add(correlated, bias) : correlated) as Tensor4D;
}

function correlate(x: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D {
  const { groups } = window;
  if (groups === 1) return convolveGroup(x, kernel, window);
  const kernels = split(kernel, groups, 3);
  const outputs = split(x, groups, 3).map((part, group) => convolveGroup(part as Tensor4D, kernels[group] as Tensor4D, window));
  return concat(outputs, 3);
}

function convolveGroup(x: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D {
  const { strides, dilationRate, padding } = window;
  if (Math.max(...dilationRate) > 1) return convolveDilated(x, kernel, window);
  if (padding === 'causal') return conv2d(pad(x, [[0, 0], ...zeros(x, window), [0, 0]]), kernel, [...strides], 'valid');
  return conv2d(x, kernel, [...strides], padding);
}

/**
 * tfjs has no gradient of a dilated convolution. One of rate d is d² plain ones, each of every d-th row and column: sorting rows
 * and columns by their remainder into the batch makes them one plain convolution.
 */
function convolveDilated(x: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D {
  const blocks = [...window.dilationRate];
  const around = zeros(x, window);
  // Every remainder gets as many rows; what that adds behind is cut from the output again.
  const extra = around.map(([before, after], axis) => {
    const [size, block] = [before + (x.shape[axis + 1] as number) + after, blocks[axis] as number];
    return block * Math.ceil(size / block) - size;
  });
  const paddings = around.map(([before, after], axis) => [before, after + (extra[axis] as number)]);
  const crops = extra.map(size => [0, size]);
  return batchToSpaceND(conv2d(spaceToBatchND(x, blocks, paddings), kernel, 1, 'valid'), blocks, crops);
}

function zeros(x: Tensor4D, { kernelSize, strides, dilationRate, padding }: Window): [number, number][] {
  return ([0, 1] as const).map(axis => {
    const { before, after } = convPadding(x.shape[axis + 1] as number, {
      kernelSize: kernelSize[axis],
      stride: strides[axis],
      dilation: dilationRate[axis],
      padding,
    });
    return [before, after];
  });
}
