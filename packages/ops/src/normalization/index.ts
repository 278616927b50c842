export { type NormalizedBatch, normalizeBatch, normalizeLayer } from './normalize.js';
