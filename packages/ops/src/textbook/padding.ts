import { ConfigError, ShapeError } from '../errors.js';
import { checkPositive } from './options.js';

/**
 * How far a kernel may reach over the edge of its input, onto zeros.
 *
 * - `valid`: not at all.
 * - `full`: as far as it overlaps at all.
 * - `same`: half way, so that with stride 1 the output is as long as the input.
 */
export type TextbookPadding = 'full' | 'same' | 'valid';

/** Zeros put around one axis, and how many outputs that gives. */
export interface AxisPadding {
  readonly before: number;
  readonly after: number;
  readonly outputSize: number;
}

function outputs(size: number, kernelSize: number, stride: number, before: number, after: number, where: string): AxisPadding {
  checkPositive(stride, 'stride', where);
  const room = before + size + after - kernelSize;
  if (room < 0)
    throw new ShapeError(
      `${where}: a kernel of size ${kernelSize} does not fit into ${size} values; use padding "same" or a smaller kernel`,
    );
  return { before, after, outputSize: Math.floor(room / stride) + 1 };
}

/**
 * Padding where 'same' centres the kernel as NumPy does: of the `kernelSize − 1` zeros, `⌊kernelSize / 2⌋` stand before, so that an
 * even kernel of 4 has two before and one after. A stride takes every so many of those outputs.
 */
export function centredPadding(size: number, kernelSize: number, padding: TextbookPadding, stride: number, where: string): AxisPadding {
  if (padding === 'valid') return outputs(size, kernelSize, stride, 0, 0, where);
  if (padding === 'full') return outputs(size, kernelSize, stride, kernelSize - 1, kernelSize - 1, where);
  if (padding !== 'same') throw unknownPadding(padding, where);
  const before = Math.floor(kernelSize / 2);
  return outputs(size, kernelSize, stride, before, kernelSize - 1 - before, where);
}

/**
 * Padding where 'same' is TensorFlow's: `⌈size / stride⌉` outputs, and of the zeros which these need, the odd one after.
 * With stride 1 an even kernel of 2 has none before and one after.
 */
export function tensorflowPadding(size: number, kernelSize: number, padding: TextbookPadding, stride: number, where: string): AxisPadding {
  if (padding !== 'same') return centredPadding(size, kernelSize, padding, stride, where);
  checkPositive(stride, 'stride', where);
  const outputSize = Math.ceil(size / stride);
  const zeros = Math.max(0, (outputSize - 1) * stride + kernelSize - size);
  const before = Math.floor(zeros / 2);
  return { before, after: zeros - before, outputSize };
}

function unknownPadding(padding: string, where: string): ConfigError {
  return new ConfigError(`${where}: padding must be "full", "same" or "valid"; got "${padding}"`);
}
