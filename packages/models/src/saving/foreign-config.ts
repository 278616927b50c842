import { ConfigError, type Json } from '@jogak/ops';
import { isJsonObject, type JsonObject } from './json-object.js';

/** Keys of Keras 2 and tfjs-layers that say nothing of what a layer computes. */
const meaningless = new Set(['inputLength', 'autocast', 'sharedObjectId', 'batchSize', 'module', 'registeredName', 'buildConfig']);

/** Keys that ask for what there is not, when they are true. */
const unsupported = new Set(['ragged', 'sparse', 'timeMajor']);

/**
 * A layer or model as tfjs-layers or Keras 2 wrote it, in camelCase, as ours are: without keys that ask for nothing, and with what
 * these programs mean by theirs.
 *
 * @throws {ConfigError} `unsupported` for ragged or sparse inputs and time-major sequences
 */
export function fromForeignConfig(serialized: Json): Json {
  if (Array.isArray(serialized)) return (serialized as readonly Json[]).map(fromForeignConfig);
  if (!isJsonObject(serialized)) return serialized;
  const { className, config } = serialized;
  if (typeof className !== 'string' || config === undefined) return cleaned(serialized, '');
  // The first versions of Keras 2 write a sequential model's layers without its name.
  const full: Json = className === 'Sequential' && Array.isArray(config) ? { layers: config } : config;
  return { ...serialized, config: isJsonObject(full) ? cleaned(full, className) : full };
}

function cleaned(config: JsonObject, className: string): JsonObject {
  const entries = Object.entries(config).flatMap(([key, value]): [string, Json][] => {
    if (meaningless.has(key)) return [];
    if (unsupported.has(key)) {
      if (value !== true) return [];
      throw new ConfigError(`the layer "${config.name}" is saved with ${key}: true, which is not supported`, { code: 'unsupported' });
    }
    // Null asks for the default everywhere but here, where it asks for two outputs.
    if (value === null && key !== 'mergeMode') return [];
    return [[key, meaning(key, fromForeignConfig(value), className)]];
  });
  const complete: JsonObject = Object.fromEntries(entries);
  // Keras 2 and tfjs-layers have the reset before the product, and the first of them does not say so.
  return /^GRU(Cell)?$/.test(className) && !('resetAfter' in complete) ? { ...complete, resetAfter: false } : complete;
}

function meaning(key: string, value: Json, className: string): Json {
  if (/^(recurrentA|a)ctivation$/.test(key) && /^hard_?sigmoid$/i.test(String(value))) return 'legacyHardSigmoid';
  // Initializers have a dtype there, which is always the layer's.
  if (/Initializer$/.test(key) && isJsonObject(value) && isJsonObject(value.config)) {
    const { dtype: _dtype, ...config } = value.config as JsonObject;
    return { ...value, config };
  }
  if (key === 'implementation') return value === 0 ? 1 : value;
  // Normalization along one axis is the only one there is.
  if (key === 'axis' && className === 'BatchNormalization' && Array.isArray(value) && value.length === 1) return value[0] as Json;
  return value;
}
