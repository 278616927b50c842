import { type DataType, ShapeError } from '@jogak/ops';

/** A shape with the batch axis first; null is a size that is not known beforehand. */
export type Shape = readonly (number | null)[];

/** A shape as messages show it: `[null, 28, 28, 1]`. */
export function showShape(shape: Shape): string {
  return `[${shape.map(size => size ?? 'null').join(', ')}]`;
}

/** Whether a value is one shape and not a list of them. */
export function isShape(value: Shape | readonly Shape[]): value is Shape {
  return !value.some(item => Array.isArray(item));
}

/** What a layer may be given; checked before every call. */
export interface InputSpec {
  /** Number of axes, with the batch. */
  readonly rank?: number;
  /** Smallest number of axes. */
  readonly minRank?: number;
  /** Sizes by axis; negative axes count from the last. */
  readonly axes?: Readonly<Record<number, number>>;
  /** What the axes mean, for the message: `[batch, height, width, channels]`. */
  readonly meaning?: string;
  readonly dtype?: DataType;
}

/**
 * @param where the layer, as messages name it: `dense "head"`
 * @throws {ShapeError} when `shape` is not what `spec` says: `conv2d "c" needs an input of rank 4, [batch, height, width, channels]; got rank 3, [null, 28, 28]`
 */
export function checkShape(shape: Shape, spec: InputSpec, where: string): void {
  const meaning = spec.meaning ? `, ${spec.meaning}` : '';
  const got = (): string => (shape.length ? `got rank ${shape.length}, ${showShape(shape)}` : 'got rank 0');
  if (spec.rank !== undefined && shape.length !== spec.rank)
    throw new ShapeError(`${where} needs an input of rank ${spec.rank}${meaning}; ${got()}`);
  if (spec.minRank !== undefined && shape.length < spec.minRank) {
    throw new ShapeError(`${where} needs an input of rank ${spec.minRank} or more${meaning}; ${got()}`);
  }
  for (const [axis, size] of Object.entries(spec.axes ?? {})) {
    const position = Number(axis) < 0 ? shape.length + Number(axis) : Number(axis);
    const given = shape[position];
    if (given !== size && given !== null) {
      throw new ShapeError(`${where} was built for inputs with ${size} along axis ${axis}; got ${given}, in ${showShape(shape)}`);
    }
  }
}
