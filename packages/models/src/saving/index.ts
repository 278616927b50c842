export { type CheckpointOptions, loadCheckpoint, type Resumed, saveCheckpoint } from './checkpoint.js';
export { type LoadOptions, loadLayersModel, loadModel } from './load-model.js';
export type { SaveOptions } from './save-model.js';
export type { LoadSource, SaveTarget } from './targets.js';
