export * as callbacks from './callbacks/index.js';
export { Callback, type CallbackFunctions, History, type TrainingParams } from './callbacks/index.js';
export * from './engine/index.js';
export * as losses from './losses/index.js';
export * as metrics from './metrics/index.js';
export * from './networks/index.js';
export * from './recipes/index.js';
export * from './saving/index.js';
