export { DROPOUT, type DropoutAttrs, type DropoutInputs } from './kernel-contract.js';
export { dropoutMask, keyedDropout } from './keyed-dropout.js';
