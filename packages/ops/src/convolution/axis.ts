import { ConfigError, ShapeError } from '../errors.js';

/**
 * What is put around an axis before a kernel slides along it.
 *
 * - `'valid'`: nothing.
 * - `'same'`: zeros for `⌈size / stride⌉` outputs, the odd one after, as TensorFlow's SAME.
 * - `'full'`: zeros as far as the kernel overlaps the input at all.
 * - `'causal'`: zeros before only, so that no output sees a later input.
 * - a number: as many zeros on both sides; a pair: before and after.
 */
export type AxisPadding = 'valid' | 'same' | 'full' | 'causal' | number | readonly [before: number, after: number];

/** How a kernel slides along one axis. */
export interface ConvAxis {
  /** Size of the kernel. */
  readonly kernelSize: number;
  /** Step from one output to the next. @default 1 */
  readonly stride?: number;
  /** Step from one weight of the kernel to the next; not together with a stride. @default 1 */
  readonly dilation?: number;
  /** @default 'valid' */
  readonly padding?: AxisPadding;
}

/** From the first to the last input that a kernel covers: `(kernelSize − 1) · dilation + 1`. */
export function coveredSize(kernelSize: number, dilation = 1): number {
  return (kernelSize - 1) * dilation + 1;
}

/** Zeros put around an axis of `size` values. */
export interface PaddingSizes {
  readonly before: number;
  readonly after: number;
}

/**
 * How many zeros `axis.padding` puts before and after `size` values.
 *
 * @param where what asks, as errors name it: `conv1d "first"`
 * @throws {ConfigError} when a size is not a whole number in range, or stride and dilation are both more than 1
 */
export function convPadding(size: number, axis: ConvAxis, where = 'convolution'): PaddingSizes {
  const { kernelSize, stride = 1, dilation = 1, padding = 'valid' } = axis;
  checkAxis(size, axis, where);
  const covered = coveredSize(kernelSize, dilation);
  switch (padding) {
    case 'valid':
      return { before: 0, after: 0 };
    case 'full':
      return { before: covered - 1, after: covered - 1 };
    case 'causal':
      return { before: covered - 1, after: 0 };
    case 'same': {
      const outputs = Math.ceil(size / stride);
      const zeros = outputs === 0 ? 0 : Math.max(0, (outputs - 1) * stride + covered - size);
      const before = Math.floor(zeros / 2);
      return { before, after: zeros - before };
    }
    default: {
      const [before, after] = typeof padding === 'number' ? [padding, padding] : padding;
      return { before, after };
    }
  }
}

/**
 * How many outputs a kernel gives that slides along `size` values: `⌊(before + size + after − covered) / stride⌋ + 1`, which is
 * `⌈size / stride⌉` for 'same' and 'causal'.
 *
 * @param size the size of the axis; null where it is not known, and then neither is the result
 * @param where what asks, as errors name it: `conv1d "first"`
 * @throws {ShapeError} when the kernel is larger than the padded input
 * @throws {ConfigError} as {@link convPadding}
 */
export function convOutputSize(size: number | null, axis: ConvAxis, where = 'convolution'): number | null {
  if (size === null) {
    checkAxis(size, axis, where);
    return null;
  }
  const { kernelSize, stride = 1, dilation = 1, padding = 'valid' } = axis;
  const { before, after } = convPadding(size, axis, where);
  if (padding === 'same') return Math.ceil(size / stride);
  const room = before + size + after - coveredSize(kernelSize, dilation);
  if (room < 0) throw doesNotFit(size, before + after, kernelSize, dilation, where);
  return Math.floor(room / stride) + 1;
}

function doesNotFit(size: number, zeros: number, kernelSize: number, dilation: number, where: string): ShapeError {
  const kernel = dilation === 1 ? `of size ${kernelSize}` : `of size ${kernelSize}, dilated to ${coveredSize(kernelSize, dilation)},`;
  const input = zeros === 0 ? `${size}` : `${size} with ${zeros} zeros around it`;
  return new ShapeError(`${where}: a kernel ${kernel} does not fit into an input of ${input}; use padding "same", or a smaller kernel`);
}

function checkAxis(size: number | null, { kernelSize, stride = 1, dilation = 1, padding = 'valid' }: ConvAxis, where: string): void {
  if (size !== null) checkInteger(size, 0, 'the size of an axis', where);
  checkInteger(kernelSize, 1, 'kernelSize', where);
  checkInteger(stride, 1, 'stride', where);
  checkInteger(dilation, 1, 'dilation', where);
  checkStrideOrDilation([stride], [dilation], where);
  checkPadding(padding, where);
}

/** @throws {ConfigError} when both a stride and a dilation are more than 1, as Keras has it. */
export function checkStrideOrDilation(strides: readonly number[], dilations: readonly number[], where: string): void {
  if (Math.max(...strides) > 1 && Math.max(...dilations) > 1)
    throw new ConfigError(
      `${where}: strides [${strides.join(', ')}] and a dilation of [${dilations.join(', ')}] cannot both be more than 1; set one of them to 1`,
    );
}

function checkPadding(padding: AxisPadding, where: string): void {
  if (typeof padding === 'string') {
    if (!['valid', 'same', 'full', 'causal'].includes(padding))
      throw new ConfigError(`${where}: padding must be "valid", "same", "full", "causal" or numbers; got "${padding}"`);
    return;
  }
  const sizes = typeof padding === 'number' ? [padding] : padding;
  for (const size of sizes) checkInteger(size, 0, 'padding', where);
}

/** @throws {ConfigError} when `value` is not an integer of at least `min`. */
export function checkInteger(value: number, min: 0 | 1, name: string, where: string): void {
  if (!Number.isInteger(value) || value < min)
    throw new ConfigError(`${where}: ${name} must be ${min === 1 ? 'a positive integer' : 'an integer, 0 or more'}; got ${value}`);
}
