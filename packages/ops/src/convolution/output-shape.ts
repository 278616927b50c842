import { ShapeError } from '../errors.js';
import { Expected, type Option, parseOptions, required } from '../options/index.js';
import { nullable, oneOf, positiveInteger, sizes } from '../options/kinds.js';
import { type AxisPadding, checkStrideOrDilation, convOutputSize } from './axis.js';
import { convTransposeOutputSize } from './transpose.js';

/** Sizes along every axis of a tensor; null where one is not known, as the batch. */
export type PartialShape = readonly (number | null)[];

/** One size for all spatial axes, or one for each. */
export type SpatialSizes = number | readonly number[];

/** Options of {@link convOutputShape}. */
export interface ConvShapeOptions {
  /** Number of kernels: the channels of the output. */
  filters: number;
  kernelSize: SpatialSizes;
  /** @default 1 */
  strides?: SpatialSizes;
  /** @default 1 */
  dilationRate?: SpatialSizes;
  /** A word for all axes ('causal' in 1-D only), a number of zeros for all sides, or `[before, after]` for each axis. @default 'valid' */
  padding?: 'valid' | 'same' | 'full' | 'causal' | number | readonly (readonly [before: number, after: number])[];
}

/** Options of {@link poolOutputShape}. */
export interface PoolShapeOptions {
  poolSize: SpatialSizes;
  /** @default poolSize */
  strides?: SpatialSizes | null;
  /** @default 'valid' */
  padding?: 'valid' | 'same';
}

/** Options of {@link convTransposeOutputShape}. */
export interface ConvTransposeShapeOptions {
  /** Number of kernels: the channels of the output. */
  filters: number;
  kernelSize: SpatialSizes;
  /** @default 1 */
  strides?: SpatialSizes;
  /** @default 1 */
  dilationRate?: SpatialSizes;
  /** @default 'valid' */
  padding?: 'valid' | 'same';
  /** Sizes added after each axis, less than its stride; null for what the padding needs. @default null */
  outputPadding?: SpatialSizes | null;
}

/**
 * The shape of a convolution's output, channels last: `[batch, …spatial, channels]` becomes `[batch, …new spatial, filters]`.
 *
 * @param inputShape 1-D `[batch, steps, channels]`, 2-D `[batch, height, width, channels]`; unknown sizes stay unknown
 * @param where what asks, as errors name it: `conv2d "first"`
 * @throws {ShapeError} when the kernel is larger than the padded input, or there is no spatial axis
 * @throws {ConfigError} when an option is wrong, or strides and dilation are both more than 1
 */
export function convOutputShape(inputShape: PartialShape, options: ConvShapeOptions, where = 'convolution'): (number | null)[] {
  const { batch, spatial, rank } = split(inputShape, where);
  const config = parseOptions<ConvConfig>(
    {
      filters: required(positiveInteger()),
      kernelSize: required(sizes(rank)),
      strides: sizes(rank, 1),
      dilationRate: sizes(rank, 1),
      padding: paddingOption(rank),
    },
    { ...options },
    where,
  );
  checkStrideOrDilation(config.strides, config.dilationRate, where);
  const outputs = spatial.map((size, axis) =>
    convOutputSize(
      size,
      {
        kernelSize: config.kernelSize[axis] as number,
        stride: config.strides[axis] as number,
        dilation: config.dilationRate[axis] as number,
        padding: config.padding[axis] as AxisPadding,
      },
      where,
    ),
  );
  return [batch, ...outputs, config.filters];
}

/** The shape of a pooling's output: as {@link convOutputShape}, with the channels that came in. */
export function poolOutputShape(inputShape: PartialShape, options: PoolShapeOptions, where = 'pooling'): (number | null)[] {
  const { batch, spatial, channels, rank } = split(inputShape, where);
  const { poolSize, strides, padding } = parseOptions<PoolConfig>(
    { poolSize: required(sizes(rank)), strides: nullable(sizes(rank)), padding: oneOf(['valid', 'same'], 'valid') },
    { ...options },
    where,
  );
  const outputs = spatial.map((size, axis) => {
    const kernelSize = poolSize[axis] as number;
    return convOutputSize(size, { kernelSize, stride: strides?.[axis] ?? kernelSize, padding }, where);
  });
  return [batch, ...outputs, channels];
}

/** The shape of a transposed convolution's output: as {@link convOutputShape}, with {@link convTransposeOutputSize} along each axis. */
export function convTransposeOutputShape(
  inputShape: PartialShape,
  options: ConvTransposeShapeOptions,
  where = 'transposed convolution',
): (number | null)[] {
  const { batch, spatial, rank } = split(inputShape, where);
  const config = parseOptions<ConvTransposeConfig>(
    {
      filters: required(positiveInteger()),
      kernelSize: required(sizes(rank)),
      strides: sizes(rank, 1),
      dilationRate: sizes(rank, 1),
      padding: oneOf(['valid', 'same'], 'valid'),
      outputPadding: nullable(outputPaddingOption(rank)),
    },
    { ...options },
    where,
  );
  checkStrideOrDilation(config.strides, config.dilationRate, where);
  const outputs = spatial.map((size, axis) =>
    convTransposeOutputSize(
      size,
      {
        kernelSize: config.kernelSize[axis] as number,
        stride: config.strides[axis] as number,
        dilation: config.dilationRate[axis] as number,
        padding: config.padding,
        outputPadding: config.outputPadding?.[axis] ?? null,
      },
      where,
    ),
  );
  return [batch, ...outputs, config.filters];
}

interface ConvConfig {
  filters: number;
  kernelSize: readonly number[];
  strides: readonly number[];
  dilationRate: readonly number[];
  padding: readonly AxisPadding[];
}

interface PoolConfig {
  poolSize: readonly number[];
  strides: readonly number[] | null;
  padding: 'valid' | 'same';
}

interface ConvTransposeConfig {
  filters: number;
  kernelSize: readonly number[];
  strides: readonly number[];
  dilationRate: readonly number[];
  padding: 'valid' | 'same';
  outputPadding: readonly number[] | null;
}

function split(
  inputShape: PartialShape,
  where: string,
): { batch: number | null; spatial: (number | null)[]; channels: number | null; rank: number } {
  const rank = inputShape.length - 2;
  if (rank < 1)
    throw new ShapeError(
      `${where} needs [batch, …spatial, channels] with at least one spatial axis; got [${inputShape.map(size => size ?? 'null').join(', ')}]`,
    );
  return { batch: inputShape[0] ?? null, spatial: inputShape.slice(1, -1), channels: inputShape[inputShape.length - 1] ?? null, rank };
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** Sizes of 0 or more along each axis, from a list or one for all. */
function outputPaddingOption(rank: number): Option<readonly number[]> {
  return {
    required: false,
    parse: value => {
      const list = isCount(value) ? Array.from({ length: rank }, () => value) : value;
      if (!Array.isArray(list) || list.length !== rank || !list.every(isCount))
        throw new Expected(rank === 1 ? 'an integer, 0 or more' : `an integer, 0 or more, or ${rank} of them`);
      return list;
    },
    serialize: value => value,
  };
}

/** Padding of each axis, from a word, a number or a list of pairs. */
function paddingOption(rank: number): Option<readonly AxisPadding[]> {
  const fill = (padding: AxisPadding): AxisPadding[] => Array.from({ length: rank }, () => padding);
  const words = rank === 1 ? ['valid', 'same', 'full', 'causal'] : ['valid', 'same', 'full'];
  return {
    required: false,
    default: fill('valid'),
    parse: value => {
      if (typeof value === 'string' && words.includes(value)) return fill(value as AxisPadding);
      if (isCount(value)) return fill(value);
      const pairs =
        Array.isArray(value) &&
        value.length === rank &&
        value.every(pair => Array.isArray(pair) && pair.length === 2 && pair.every(isCount));
      if (!pairs)
        throw new Expected(`${words.map(word => `"${word}"`).join(', ')}, an integer of 0 or more, or [before, after] for each axis`);
      return value as AxisPadding[];
    },
    serialize: value => value as readonly (string | number | readonly [number, number])[],
  };
}
