export type { TextStream } from '../platform/platform.js';
export { Callback, type CallbackFunctions, type TrainingParams } from './callback.js';
export { CSVLogger, type CSVLoggerOptions, csvLogger } from './csv-logger.js';
export { EarlyStopping, type EarlyStoppingOptions, earlyStopping } from './early-stopping.js';
export { History } from './history.js';
export { LambdaCallback, lambdaCallback } from './lambda-callback.js';
export {
  type LearningRateFunction,
  LearningRateScheduler,
  type LearningRateSchedulerOptions,
  learningRateScheduler,
} from './learning-rate-scheduler.js';
export { ModelCheckpoint, type ModelCheckpointOptions, modelCheckpoint } from './model-checkpoint.js';
export type { MonitorMode, MonitorOptions } from './monitor.js';
export { ProgressBar, type ProgressBarOptions, progressBar } from './progress-bar.js';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions, reduceLROnPlateau } from './reduce-lr-on-plateau.js';
export { TerminateOnNaN, terminateOnNaN } from './terminate-on-nan.js';
