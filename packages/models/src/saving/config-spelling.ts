import type { Json } from '@jogak/ops';
import { isJsonObject } from './json-object.js';

/** Options whose values are words that Keras writes in snake_case. Other texts are the user's own. */
const wordKeys = new Set(['activation', 'recurrentActivation', 'dataFormat', 'distribution', 'mode', 'interpolation', 'mergeMode']);

const toSnake = (key: string): string => key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
const toCamel = (key: string): string => key.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/**
 * A config under the names that Keras' Python and the tfjs format give it: `kernel_initializer`, `channels_last`. Keys are taken for options:
 * a layer of one's own has them in camelCase.
 */
export function toPythonSpelling(config: Json): Json {
  if (isList(config)) return config.map(toPythonSpelling);
  if (!isJsonObject(config)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const word = typeof value === 'string' && wordKeys.has(key);
      return [toSnake(key), word ? toSnake(value) : toPythonSpelling(value)];
    }),
  );
}

/** The config of {@link toPythonSpelling}, or of Keras or tfjs-layers, under our names. Words stay: options take them in both spellings. */
export function fromPythonSpelling(config: Json): Json {
  if (isList(config)) return config.map(fromPythonSpelling);
  if (!isJsonObject(config)) return config;
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [toCamel(key), fromPythonSpelling(value)]));
}
