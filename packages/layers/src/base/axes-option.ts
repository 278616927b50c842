import { type Option, options, ShapeError } from '@jogak/ops';
import { type Shape, showShape } from './shape.js';

/** An axis, or several: negative ones count from the last. Written as a number where it is one. */
export function axesOption(defaultAxes: readonly number[]): Option<readonly number[]> {
  return {
    required: false,
    default: defaultAxes,
    parse: value => {
      const list = typeof value === 'number' ? [value] : value;
      if (!Array.isArray(list) || list.length === 0 || !list.every(Number.isInteger))
        throw new options.Expected('an axis, or a list of axes');
      return [...list];
    },
    serialize: axes => (axes.length === 1 ? (axes[0] as number) : axes),
  };
}

/**
 * Axes counted from the first, in ascending order.
 *
 * @param where the layer, as messages name it
 * @throws {ShapeError} when one is not an axis of `shape`, or stands there twice
 */
export function resolveAxes(axes: readonly number[], shape: Shape, where: string): number[] {
  const resolved = axes.map(axis => (axis < 0 ? axis + shape.length : axis)).sort((a, b) => a - b);
  const wrong = axes.find((axis, index) => axis >= shape.length || axis < -shape.length || resolved[index] === resolved[index - 1]);
  if (wrong !== undefined) {
    const needs = axes.length === 1 ? 'an axis' : 'different axes';
    throw new ShapeError(`${where} needs ${needs} of its input; got ${axes.join(', ')} for ${showShape(shape)}`);
  }
  return resolved;
}
