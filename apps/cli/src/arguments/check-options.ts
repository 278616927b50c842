import { options as config } from '@jogak/ops';
import type { z } from 'zod';
import { describeFlags, kebab } from './flag.js';
import { UsageError } from './usage-error.js';

/**
 * Options as their schema has them.
 *
 * @param file the config file that they stand in; without, they are flags
 * @throws {UsageError} that names the first wrong option, as it was written, and its value
 */
export function checkOptions<Schema extends z.ZodObject>(schema: Schema, given: object, file?: string): z.infer<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] as string;
    throw new UsageError(`${file}: there is no option "${key}"${config.suggestion(key, Object.keys(schema.shape))}`);
  }
  const key = String(issue.path[0]);
  const value = (given as Record<string, unknown>)[key];
  const name = describeFlags(schema).find(flag => flag.key === key && flag.positional) ? key.toUpperCase() : `--${kebab(key)}`;
  throw new UsageError(`${file ? `${file}: ${key}` : name} ${issue.message}; got ${show(value)}`);
}

const show = (value: unknown): string => (typeof value === 'string' && value === '' ? 'nothing' : (JSON.stringify(value) ?? String(value)));
