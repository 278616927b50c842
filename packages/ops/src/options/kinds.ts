import { Expected, type Json, type Option } from './option.js';

/** Builds an option whose values are JSON as they stand. */
function plain<T extends Json>(parse: (value: unknown) => T, defaultValue: T | undefined): Option<T> {
  return { required: false, ...(defaultValue === undefined ? {} : { default: defaultValue }), parse, serialize: value => value };
}

/** Bounds of a number. */
export interface Range {
  /** Smallest value, included. */
  min?: number;
  /** Largest value, included. */
  max?: number;
  /** Bound above, not included. */
  below?: number;
  /** Bound below, not included. */
  above?: number;
}

function inRange(value: number, range: Range): boolean {
  return (
    value >= (range.min ?? Number.NEGATIVE_INFINITY) &&
    value <= (range.max ?? Number.POSITIVE_INFINITY) &&
    value < (range.below ?? Number.POSITIVE_INFINITY) &&
    value > (range.above ?? Number.NEGATIVE_INFINITY)
  );
}

function rangeText(range: Range): string {
  const parts = [
    range.min === undefined ? '' : `${range.min} or more`,
    range.above === undefined ? '' : `more than ${range.above}`,
    range.max === undefined ? '' : `${range.max} or less`,
    range.below === undefined ? '' : `less than ${range.below}`,
  ].filter(Boolean);
  return parts.length ? `, ${parts.join(' and ')}` : '';
}

/** A whole number. */
export function integer(defaultValue?: number, range: Range = {}): Option<number> {
  const expected = range.min === 1 && Object.keys(range).length === 1 ? 'a positive integer' : `an integer${rangeText(range)}`;
  return plain(value => {
    if (typeof value !== 'number' || !Number.isInteger(value) || !inRange(value, range)) throw new Expected(expected);
    return value;
  }, defaultValue);
}

/** A whole number, 1 or more. */
export const positiveInteger = (defaultValue?: number): Option<number> => integer(defaultValue, { min: 1 });

/** A finite number. */
export function number(defaultValue?: number, range: Range = {}): Option<number> {
  return plain(value => {
    if (typeof value !== 'number' || !Number.isFinite(value) || !inRange(value, range)) throw new Expected(`a number${rangeText(range)}`);
    return value;
  }, defaultValue);
}

/** `true` or `false`. */
export const boolean = (defaultValue?: boolean): Option<boolean> =>
  plain(value => {
    if (typeof value !== 'boolean') throw new Expected('true or false');
    return value;
  }, defaultValue);

/** A text. */
export const text = (defaultValue?: string): Option<string> =>
  plain(value => {
    if (typeof value !== 'string') throw new Expected('a string');
    return value;
  }, defaultValue);

/** One of a few words. Keras' snake_case is taken for camelCase: `channels_last` for `channelsLast`. */
export function oneOf<const Word extends string>(words: readonly Word[], defaultValue?: NoInfer<Word>): Option<Word> {
  return plain<Word>(value => {
    const camel = typeof value === 'string' ? value.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : value;
    const found = words.find(word => word === value || word === camel);
    if (found === undefined) throw new Expected(words.map(word => `"${word}"`).join(' or '));
    return found;
  }, defaultValue);
}

/** Another option's values, or null. @default null */
export function nullable<T>(option: Option<T>): Option<T | null> {
  return {
    required: false,
    default: option.default ?? null,
    parse: value => (value === null ? null : option.parse(value)),
    serialize: value => (value === null ? null : option.serialize(value)),
  };
}

/** A list whose every element is a value of `element`. */
export function listOf<T>(element: Option<T>, defaultValue?: readonly T[], expected = 'a list'): Option<readonly T[]> {
  return {
    required: false,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    parse: value => {
      if (!Array.isArray(value)) throw new Expected(expected);
      return value.map(item => {
        try {
          return element.parse(item);
        } catch (error) {
          if (error instanceof Expected) throw new Expected(`${expected}, each ${error.message}`);
          throw error;
        }
      });
    },
    serialize: value => value.map(item => element.serialize(item)),
  };
}

/** Sizes along `rank` spatial axes: a positive integer for all of them, or one for each. */
export function sizes<Sizes extends readonly number[]>(rank: Sizes['length'], defaultValue?: number): Option<Sizes> {
  const fill = (size: number): Sizes => Array.from({ length: rank }, () => size) as readonly number[] as Sizes;
  return {
    required: false,
    ...(defaultValue === undefined ? {} : { default: fill(defaultValue) }),
    parse: value => {
      const list = typeof value === 'number' ? fill(value) : value;
      const good = Array.isArray(list) && list.length === rank && list.every(size => Number.isInteger(size) && size >= 1);
      if (!good) throw new Expected(rank === 1 ? 'a positive integer' : `a positive integer, or ${rank} of them`);
      return [...list] as readonly number[] as Sizes;
    },
    serialize: value => [...value],
  };
}
