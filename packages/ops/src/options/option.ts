import { ConfigError } from '../errors.js';

/** What JSON can hold: what a config is made of once it is serialized. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One option of a class that is configured by an options object: how a value given for it is checked and completed, what it
 * is when nothing is given, and how it is written into a config.
 */
export interface Option<T> {
  readonly required: boolean;
  readonly default?: T;
  /**
   * Checks and completes a given value.
   *
   * @throws an `Error` whose message says what is expected: `a positive integer`; the caller adds where, and what was given
   */
  parse(value: unknown): T;
  /** The value as JSON, from which `parse` makes it again. */
  serialize(value: T): Json;
}

/** The options of a class, by name, in the order in which a config lists them. */
export type OptionTable<Config> = { readonly [Key in keyof Config]-?: Option<Config[Key]> };

/** What an {@link Option}'s `parse` throws: the words that complete "must be …", and the code of the {@link ConfigError} that is made of them. */
export class Expected extends Error {
  constructor(
    message: string,
    readonly code: 'config' | 'unsupported' = 'config',
  ) {
    super(message);
  }
}

/** An option without a default. */
export function required<T>(option: Option<T>): Option<T> {
  const { default: _default, ...rest } = option;
  return { ...rest, required: true };
}

/**
 * Checks `given` against a table: an object, every key known, every required one there, every value right.
 *
 * @param where what is configured, as the errors name it: `dense "head"`
 * @throws {ConfigError} `dense "head": units must be a positive integer; got -1`
 */
export function parseOptions<Config extends object>(table: OptionTable<Config>, given: object, where: string): Config {
  const options = table as Readonly<Record<string, Option<unknown>>>;
  requireObject(given, where);
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(options, key))
      throw new ConfigError(`${where}: there is no option "${key}"${suggestion(key, Object.keys(options))}`);
  }
  const config: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(options)) {
    const value = (given as Record<string, unknown>)[key];
    if (value === undefined) {
      if (option.required) throw new ConfigError(`${where}: the option "${key}" is required`);
      config[key] = option.default;
      continue;
    }
    try {
      config[key] = option.parse(value);
    } catch (error) {
      if (error instanceof ConfigError)
        throw new ConfigError(`${where}: ${error.message}`, { code: error.code === 'unsupported' ? 'unsupported' : 'config' });
      if (!(error instanceof Expected)) throw error;
      throw new ConfigError(`${where}: ${key} must be ${error.message}; got ${show(value)}`, { code: error.code });
    }
  }
  return config as Config;
}

/** @throws {ConfigError} for anything but an object: a number as Keras' first positional argument would be ignored */
export function requireObject(given: unknown, where: string): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new ConfigError(`${where}: options come in an object, { name: value }; got ${show(given)}`);
}

/** The config of {@link parseOptions} as JSON. */
export function serializeOptions<Config extends object>(table: OptionTable<Config>, config: Config): Record<string, Json> {
  const options = table as Readonly<Record<string, Option<unknown>>>;
  return Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, serializeValue(option, (config as Record<string, unknown>)[key])]),
  );
}

function serializeValue(option: Option<unknown>, value: unknown): Json {
  return value === undefined ? null : option.serialize(value);
}

/** A value as an error message shows it, on one short line. */
export function show(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'}`;
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  if (text === undefined) return Object.prototype.toString.call(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `; did you mean "units"?`, or the list of what there is. */
export function suggestion(given: string, known: readonly string[]): string {
  const nearest = known
    .map(name => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest && nearest.distance <= Math.max(1, Math.floor(given.length / 3))) return `; did you mean "${nearest.name}"?`;
  return known.length ? `; there are: ${known.join(', ')}` : '; it has none';
}

/** Letters to add, take away, change, or swap with their neighbour (Damerau and Levenshtein, optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      const changed = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, changed, swapped));
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
