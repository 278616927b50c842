import { type Json, type OptionTable, options } from '@jogak/ops';

/**
 * A learning rate that is a function of the step: of the number of updates completed before, from 0. Keeps no state, so that a run
 * that is resumed goes on where it was.
 */
export interface LearningRateSchedule {
  (step: number): number;
  /** Name in configs and files, Keras' own where Keras has the schedule: `ExponentialDecay`. */
  readonly className: string;
  /** Its options, of which the factory makes it again. */
  getConfig(): Record<string, Json>;
}

/** Makes the schedules of one kind from their options. */
export interface ScheduleFactory<Options> {
  (options: Options): LearningRateSchedule;
  readonly className: string;
}

/** Options of every schedule. */
export interface ScheduleOptions {
  /** @default the name of its kind */
  name?: string;
}

/** What {@link defineSchedule} needs to know of a kind of schedule. */
export interface ScheduleDefinition<Config extends object> {
  readonly className: string;
  readonly options: OptionTable<Config>;
  /** Checks what no option can check alone. @throws {ConfigError} */
  check?(config: Config): void;
  /** The learning rate at `step`, a whole number from 0. */
  rate(config: Config, step: number): number;
}

/**
 * A factory of schedules. Pass it to `registerSchedule` to have its schedules revived from saved configs.
 *
 * @throws {ConfigError} the factory does, for an unknown or wrong option
 */
export function defineSchedule<Options extends object, Config extends object = Required<Options>>(
  definition: ScheduleDefinition<Config>,
): ScheduleFactory<Options> {
  const { className, options: table } = definition;
  const factory = (given: Options): LearningRateSchedule => {
    const config = options.parseOptions(table, given, `schedule ${className}`);
    definition.check?.(config);
    const rate = (step: number) => definition.rate(config, step);
    return Object.assign(rate, { className, getConfig: () => options.serializeOptions(table, config) });
  };
  return Object.assign(factory, { className });
}

/** Whether `value` is a {@link LearningRateSchedule}. */
export function isSchedule(value: unknown): value is LearningRateSchedule {
  return typeof value === 'function' && 'className' in value && 'getConfig' in value;
}
