/**
 * Functions of one number whose result is the same to the bit on every engine. ECMAScript leaves the precision of `Math.exp` and its like
 * open, and engines do differ in the last bit; these use only what it fixes: `+ − × ÷`, square roots, rounding, and the bits of a
 * double. Whatever is on its way to a weight on the host goes through them (a lint rule keeps `Math`'s out); tensors have functions of
 * their own.
 */
export { exp, expm1 } from './exp.js';
export { log } from './log.js';
export { pow } from './pow.js';
export { cos, sin } from './sin-cos.js';
export { tanh } from './tanh.js';
