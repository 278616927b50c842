import { ConfigError } from '../errors.js';
import { checkInteger, checkStrideOrDilation, coveredSize } from './axis.js';

/** How a transposed convolution spreads one axis out. */
export interface ConvTransposeAxis {
  /** Size of the kernel. */
  readonly kernelSize: number;
  /** Step in the output from one input's place to the next. @default 1 */
  readonly stride?: number;
  /** Step from one weight of the kernel to the next; not together with a stride. @default 1 */
  readonly dilation?: number;
  /** @default 'valid' */
  readonly padding?: 'valid' | 'same';
  /** Added after the output, less than the stride; null for what the padding needs. @default null */
  readonly outputPadding?: number | null;
}

/**
 * The size of a transposed convolution's output along one axis, as Keras 3 has it. With `covered = (kernelSize − 1) · dilation + 1`:
 *
 * - 'valid': `(size − 1) · stride + max(covered, stride)`, or `(size − 1) · stride + covered + outputPadding`
 * - 'same': `size · stride`, or `(size − 1) · stride + covered mod 2 + outputPadding`
 *
 * @param size the size of the axis; null where it is not known, and then neither is the result
 * @param where what asks, as errors name it: `conv2dTranspose "up"`
 * @throws {ConfigError} when an option is wrong, or stride and dilation are both more than 1
 */
export function convTransposeOutputSize(size: number | null, axis: ConvTransposeAxis, where = 'transposed convolution'): number | null {
  const { kernelSize, stride = 1, dilation = 1, padding = 'valid', outputPadding = null } = axis;
  if (size !== null) checkInteger(size, 1, 'the size of an axis', where);
  checkInteger(kernelSize, 1, 'kernelSize', where);
  checkInteger(stride, 1, 'stride', where);
  checkInteger(dilation, 1, 'dilation', where);
  checkStrideOrDilation([stride], [dilation], where);
  if (padding !== 'valid' && padding !== 'same')
    throw new ConfigError(`${where}: padding must be "valid" or "same"; got "${String(padding)}"`);
  if (outputPadding !== null) {
    checkInteger(outputPadding, 0, 'outputPadding', where);
    if (outputPadding >= stride)
      throw new ConfigError(`${where}: outputPadding must be less than the stride, ${stride}; got ${outputPadding}`);
  }
  if (size === null) return null;
  const covered = coveredSize(kernelSize, dilation);
  const start = (size - 1) * stride;
  if (padding === 'valid') return start + (outputPadding === null ? Math.max(covered, stride) : covered + outputPadding);
  return outputPadding === null ? size * stride : start + (covered % 2) + outputPadding;
}
