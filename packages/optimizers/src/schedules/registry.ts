import { ConfigError, type Json, options } from '@jogak/ops';
import { constant } from './constant.js';
import { cosineDecay } from './cosine-decay.js';
import { exponentialDecay } from './exponential-decay.js';
import { inverseTimeDecay } from './inverse-time-decay.js';
import { piecewiseConstantDecay } from './piecewise-constant-decay.js';
import { polynomialDecay } from './polynomial-decay.js';
import type { LearningRateSchedule, ScheduleFactory } from './schedule.js';

/** A schedule as a config holds it. */
export interface ScheduleConfig {
  readonly className: string;
  readonly config: Readonly<Record<string, Json>>;
}

type AnyFactory = (config: never) => LearningRateSchedule;

const factories = /* @__PURE__ */ new Map<string, AnyFactory>(
  [constant, cosineDecay, exponentialDecay, inverseTimeDecay, piecewiseConstantDecay, polynomialDecay].map(factory => [
    factory.className,
    factory,
  ]),
);

/**
 * Makes configs with schedules of one's own, made by {@link defineSchedule}, readable.
 *
 * @throws {ConfigError} when another factory has that class name
 */
export function registerSchedule<Options>(factory: ScheduleFactory<Options>): void {
  const known = factories.get(factory.className);
  if (known !== undefined && known !== factory)
    throw new ConfigError(`there is another schedule of the class name "${factory.className}"; choose a name of your own`);
  factories.set(factory.className, factory);
}

/**
 * The schedule that a config describes.
 *
 * @throws {ConfigError} when its class is not known
 */
export function deserializeSchedule({ className, config }: { className: string; config: object }): LearningRateSchedule {
  const factory = factories.get(className);
  if (factory === undefined)
    throw new ConfigError(`there is no schedule "${className}"${options.suggestion(className, [...factories.keys()])}`);
  return factory(config as never);
}

/** A schedule as {@link deserializeSchedule} reads it. */
export function serializeSchedule(schedule: LearningRateSchedule): ScheduleConfig {
  return { className: schedule.className, config: schedule.getConfig() };
}
