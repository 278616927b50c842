import { ConfigError, type OptionTable, options } from '@jogak/ops';
import type { LearningRateSchedule } from './schedules/index.js';
import { learningRateOption } from './schedules/option.js';
import { exclusionsOption, type WeightDecayExclusions } from './weight-decay.js';

/** Options of every optimizer. */
export interface OptimizerOptions {
  /** Size of a step, 0 or more, or a schedule. The optimizer's own default is its page's. */
  learningRate?: number | LearningRateSchedule;
  /** First part of the paths of its slots. @default the class name in snake case: `adam` */
  name?: string;
  /** Part of a weight, times the learning rate, by which it shrinks at every update. @default null: none */
  weightDecay?: number | null;
  /** Weights that do not decay. @default null: all do */
  excludeFromWeightDecay?: WeightDecayExclusions | null;
  /** Norm down to which each gradient is scaled. One of the three clippings at most. @default null: none */
  clipnorm?: number | null;
  /** Norm down to which all gradients together are scaled. @default null: none */
  globalClipnorm?: number | null;
  /** Bound of each element of a gradient. @default null: none */
  clipvalue?: number | null;
  /** Whether to keep an exponential moving average of every weight. @default false */
  useEma?: boolean;
  /** Part of the average that stays at an update. @default 0.99 */
  emaMomentum?: number;
  /** Updates between two at which the weights become their averages. @default null: only {@link Optimizer.finalizeVariableValues} does it */
  emaOverwriteFrequency?: number | null;
}

/** {@link OptimizerOptions}, checked and complete. */
export type CompleteOptions = Required<OptimizerOptions>;

/** The part of an optimizer's option table that all have, with its own defaults. */
export function commonOptions(name: string, learningRate: number): OptionTable<CompleteOptions> {
  const positive = () => options.nullable(options.number(undefined, { above: 0 }));
  return {
    name: options.text(name),
    learningRate: learningRateOption(learningRate),
    weightDecay: options.nullable(options.number(undefined, { min: 0 })),
    excludeFromWeightDecay: options.nullable(exclusionsOption),
    clipnorm: positive(),
    globalClipnorm: positive(),
    clipvalue: positive(),
    useEma: options.boolean(false),
    emaMomentum: options.number(0.99, { min: 0, max: 1 }),
    emaOverwriteFrequency: options.nullable(options.positiveInteger()),
  };
}

/** Keys of Keras' configs that ask for nothing when they are null, as they are by default. */
const KERAS_ONLY = ['lossScaleFactor', 'gradientAccumulationSteps'];

/**
 * Options as a config of Keras or TensorFlow.js gives them, under our names.
 *
 * @throws {ConfigError} when it is no object, one is given under two names, or is something that only Keras has
 */
export function translate(given: object, aliases: Readonly<Record<string, string>>, where: string): object {
  options.requireObject(given, where);
  const entries = Object.entries(given).flatMap(([key, value]) => {
    if (KERAS_ONLY.includes(key)) {
      if (value == null) return [];
      throw new ConfigError(`${where}: ${key} is not supported; leave it out or give null`, { code: 'unsupported' });
    }
    const name = aliases[key] ?? key;
    if (name !== key && name in given) throw new ConfigError(`${where}: ${key} is another name of ${name}; give one of them`);
    return [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
