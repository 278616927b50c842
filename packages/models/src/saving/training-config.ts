import { isSerialized, type Serialized } from '@jogak/layers';
import type { Json } from '@jogak/ops';
import { getOptimizer, serializeOptimizer } from '@jogak/optimizers';
import type { CompileOptions } from '../engine/compile-options.js';
import type { Model } from '../engine/model.js';
import { getLoss, Loss } from '../losses/index.js';
import { Metric } from '../metrics/index.js';
import { fromPythonSpelling, toPythonSpelling } from './config-spelling.js';

/** How a model was compiled, as a file says it: tfjs-layers' form. */
export interface TrainingConfig {
  readonly optimizer_config: Json;
  readonly loss: Json;
  readonly metrics: Json;
  readonly loss_weights?: Json;
}

const toSnake = (name: string): string => name.replace(/(?<=.)[A-Z]/g, letter => `_${letter}`).toLowerCase();

/**
 * What `compile` was told.
 *
 * @throws {ConfigError} for a loss or metric that is a function of one's own and not registered
 */
export function toTrainingConfig(model: Model): TrainingConfig {
  const { loss, metrics = [], lossWeights } = model.compileOptions as CompileOptions;
  return {
    optimizer_config: toPythonSpelling(serializeOptimizer(model.optimizer) as unknown as Json),
    loss: written(loss),
    metrics: written(metrics),
    ...(lossWeights ? { loss_weights: lossWeights as Json } : {}),
  };
}

/** Names stay names, in snake_case; objects become class name and config; lists and what is by output stay as they are. */
function written(item: unknown): Json {
  if (typeof item === 'string') return toSnake(item);
  if (item instanceof Loss || item instanceof Metric) return toPythonSpelling(item.serialize() as unknown as Json);
  if (typeof item === 'function') return toPythonSpelling(getLoss(item as never).serialize() as unknown as Json);
  if (isSerialized(item)) return toPythonSpelling(item as unknown as Json);
  if (Array.isArray(item)) return item.map(written);
  return Object.fromEntries(Object.entries(item as object).map(([output, value]) => [output, written(value)]));
}

/** What to `compile` a model with again. @throws {ConfigError} for an optimizer that there is not */
export function fromTrainingConfig(config: TrainingConfig): CompileOptions {
  const { className, config: options } = fromPythonSpelling(config.optimizer_config) as unknown as Serialized;
  return {
    optimizer: getOptimizer({ className, config: options }),
    loss: read(config.loss) as CompileOptions['loss'],
    metrics: read(config.metrics ?? []) as NonNullable<CompileOptions['metrics']>,
    ...(config.loss_weights ? { lossWeights: config.loss_weights as NonNullable<CompileOptions['lossWeights']> } : {}),
  };
}

function read(item: Json): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return item.map(read);
  if ('class_name' in item) return fromPythonSpelling(item);
  return Object.fromEntries(Object.entries(item).map(([output, value]) => [output, read(value)]));
}
