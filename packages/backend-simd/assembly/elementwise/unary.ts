// y = op(x), element by element. Arguments of all kernels here: x, y, elements, elements in a chunk (a multiple of 16), and the op's
// own numbers, if it has any. y may be x. The last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.
import { exp, expm1, sigmoid, tanh } from '../math/exp';
import { intAt, pointerAt } from '../job';

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == EXP) return exp(x);
  if (op == EXPM1) return expm1(x);
  if (op == TANH) return tanh(x);
  if (op == SIGMOID) return sigmoid(x);
  return x;
}

const EXP: i32 = 0;
const EXPM1: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;

// @ts-ignore: decorator
@inline
function map(op: i32, job: usize, chunk: i32): void {
  const chunkLength = intAt(job, 3);
  const begin = chunk * chunkLength;
  const end = min(begin + chunkLength, intAt(job, 2));
  const y = pointerAt(job, 1) - pointerAt(job, 0);
  let x = pointerAt(job, 0) + (<usize>begin << 2);
  const stop = pointerAt(job, 0) + (<usize>end << 2);
  for (; x < stop; x += 16) v128.store(x + y, apply(op, v128.load(x)));
}

export function expF32(job: usize, chunk: i32, thread: i32): void {
  map(EXP, job, chunk);
}
export function expm1F32(job: usize, chunk: i32, thread: i32): void {
  map(EXPM1, job, chunk);
}
export function tanhF32(job: usize, chunk: i32, thread: i32): void {
  map(TANH, job, chunk);
}
export function sigmoidF32(job: usize, chunk: i32, thread: i32): void {
  map(SIGMOID, job, chunk);
}
