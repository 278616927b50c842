export * from './engine/index.js';
export * as losses from './losses/index.js';
export * as metrics from './metrics/index.js';
export * from './networks/index.js';
export * from './recipes/index.js';
