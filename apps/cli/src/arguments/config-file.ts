import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { checkOptions } from './check-options.js';
import { describeFlags } from './flag.js';
import { UsageError } from './usage-error.js';

/**
 * Options from a file, JSON or YAML (of which JSON is a part): the flags' names in camelCase.
 *
 * @throws {UsageError} when it cannot be read, is neither, or has a wrong key or value
 */
export async function readConfigFile<Schema extends z.ZodObject>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const content = parseConfig(await readText(path), path);
  if (content === null) return checkOptions(schema, {}, path);
  if (typeof content !== 'object' || Array.isArray(content))
    throw new UsageError(`${path} must hold options by name, such as epochs: 3; got ${Array.isArray(content) ? 'a list' : typeof content}`);
  const callOnly = describeFlags(schema).find(flag => flag.callOnly && flag.key in content);
  if (callOnly) throw new UsageError(`${path}: ${callOnly.key} has no place in a config file; give it as --${callOnly.name}`);
  return checkOptions(schema, content, path);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--config ${path}: ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code ?? message})`}`);
  }
}

function parseConfig(content: string, path: string): unknown {
  try {
    return parse(content) as unknown;
  } catch (error) {
    const reason = error instanceof YAMLParseError ? (error.message.split('\n')[0] as string).replace(/:$/, '') : String(error);
    throw new UsageError(`${path} is neither JSON nor YAML: ${reason}`);
  }
}
