export { type ConstantOptions, constant } from './constant.js';
export { type CosineDecayOptions, cosineDecay } from './cosine-decay.js';
export { type ExponentialDecayOptions, exponentialDecay } from './exponential-decay.js';
export { type InverseTimeDecayOptions, inverseTimeDecay } from './inverse-time-decay.js';
export { type PiecewiseConstantDecayOptions, piecewiseConstantDecay } from './piecewise-constant-decay.js';
export { type PolynomialDecayOptions, polynomialDecay } from './polynomial-decay.js';
export { deserializeSchedule, registerSchedule, type ScheduleConfig, serializeSchedule } from './registry.js';
export {
  defineSchedule,
  isSchedule,
  type LearningRateSchedule,
  type ScheduleDefinition,
  type ScheduleFactory,
  type ScheduleOptions,
} from './schedule.js';
