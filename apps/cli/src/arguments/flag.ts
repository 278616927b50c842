import { z } from 'zod';

/** What a flag says of itself beside its schema. */
export interface FlagMeta {
  /** What it does, in a sentence or two, default included. */
  readonly description: string;
  /** What its value is called in help: `N`. Booleans have none. */
  readonly argument?: string;
  /** Given by its place instead of by its name: one value, or all that follow. */
  readonly positional?: 'one' | 'many';
  /** Words that are known to fit, for completion. */
  readonly words?: readonly string[];
  /** Whether it is about this call alone, and so has no place in a config file. */
  readonly callOnly?: boolean;
}

const metas = z.registry<FlagMeta>();

/** A value of a flag: optional unless `required` is said. */
function flag<Schema extends z.ZodType>(schema: Schema, meta: FlagMeta): z.ZodOptional<Schema> {
  const optional = schema.optional();
  metas.add(optional, meta);
  return optional;
}

/** A whole number, 1 or more. */
export const count = (description: string, argument = 'N') =>
  flag(z.int('must be a positive integer').min(1, 'must be a positive integer'), { description, argument });

/** A whole number, 0 or more, below 2³². */
export const seed = (description: string) => {
  const message = 'must be an integer, 0 to 4294967295';
  return flag(z.int(message).min(0, message).max(0xffffffff, message), { description, argument: 'N' });
};

/** Seeds, separated by commas, none twice: `1,2,3`. */
export const seedList = (description: string) => {
  const message = 'must be integers, 0 to 4294967295, each once, with commas between them';
  const isSeed = (word: string): boolean => /^\d{1,10}$/.test(word) && Number(word) <= 0xffffffff;
  const isList = (text: string): boolean => {
    const words = text.split(',');
    return words.every(isSeed) && new Set(words.map(Number)).size === words.length;
  };
  return flag(z.string(message).refine(isList, message), { description, argument: 'N,N,…' });
};

/** A whole number, 0 or more. */
export const index = (description: string, argument = 'N') =>
  flag(z.int('must be an integer, 0 or more').min(0, 'must be an integer, 0 or more'), { description, argument });

/** A number above 0. */
export const duration = (description: string, argument: string) =>
  flag(z.number('must be a number above 0').positive('must be a number above 0'), { description, argument });

/** A text that is not empty. */
export const text = (description: string, argument: string) =>
  flag(z.string('must be a text').min(1, 'must not be empty'), { description, argument });

/** One of a few words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words, description: string) =>
  flag(z.enum(words, `must be ${orList(words)}`), { description, argument: words.join('|') });

/** On or off. */
export const toggle = (description: string, meta: Pick<FlagMeta, 'callOnly'> = {}) =>
  flag(z.boolean('must be true or false'), { description, ...meta });

/** A path to a config file; such files do not name others. */
export const configFile = (description: string) =>
  flag(z.string('must be a path').min(1, 'must not be empty'), { description, argument: 'FILE', callOnly: true });

/** One of a few words, given by its place. */
export const wordPlace = <const Words extends readonly [string, ...string[]]>(words: Words, description: string) =>
  flag(z.enum(words, `must be ${orList(words)}`), { description, argument: words.join('|'), positional: 'one', words });

/** A text given by its place. */
export const place = (description: string, argument: string, words: readonly string[] = []) =>
  flag(z.string('must be a text').min(1, 'must not be empty'), { description, argument, positional: 'one', words });

/** Texts given by their places. */
export const places = (description: string, argument: string, words: readonly string[] = []) =>
  flag(z.array(z.string('must be a text').min(1, 'must not be empty')).min(1), { description, argument, positional: 'many', words });

/** A flag as parser, help and documentation see it. */
export interface FlagDescription extends FlagMeta {
  /** Its key in options and config files: `batchSize`. */
  readonly key: string;
  /** Its name on the command line: `batch-size`. */
  readonly name: string;
  readonly kind: 'boolean' | 'number' | 'text';
}

/** The flags of a schema, in order. */
export function describeFlags(schema: z.ZodObject): FlagDescription[] {
  return Object.entries(schema.shape).map(([key, field]) => {
    const meta = metas.get(field as z.ZodType);
    if (!meta) throw new Error(`the option ${key} has no description`);
    const { type } = (field as z.ZodOptional<z.ZodType>).unwrap().def;
    return { ...meta, key, name: kebab(key), kind: type === 'boolean' ? 'boolean' : type === 'number' ? 'number' : 'text' };
  });
}

/** `batchSize` → `batch-size`. */
export const kebab = (key: string): string => key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** `a, b or c`. */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
