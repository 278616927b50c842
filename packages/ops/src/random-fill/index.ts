export { RANDOM_FILL, type RandomFillAttrs } from './kernel-contract.js';
export { keyedNormal, keyedTruncatedNormal, keyedUniform } from './keyed-random.js';
