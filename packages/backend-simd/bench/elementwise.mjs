// Elementwise ops of one tensor and of two: `node bench/elementwise.mjs [part of a name]`, after the build. Compares simd (one thread, then
// all) with cpu, as @jogak/ops has it, in turns within one run; prints the best round in µs, the ratio, and the bytes read and written a second.
import * as ops from '@jogak/ops';
import { compareWithCpu } from './compare.mjs';

const random = shape => ops.randomUniform(shape, -2, 2);
const unary = [
  ops.relu,
  ops.tanh,
  ops.sigmoid,
  ops.exp,
  ops.expm1,
  ops.softplus,
  ops.erf,
  ops.elu,
  ops.sqrt,
  ops.square,
  ops.abs,
  ops.sin,
  ops.atan,
  ops.round,
  ops.isNaN,
];
const key = ops.randomKey(1, 'dropout', 1);

/** name, MB read and written, what runs. Made on the backend in use. */
function cases() {
  const image = random([32, 28, 28, 10]);
  const other = random([32, 28, 28, 10]);
  const channels = random([10]);
  const even = random([32, 28, 28, 16]);
  const evenChannels = random([16]);
  const rows = random([1024, 1]);
  const square = random([1024, 1024]);
  const hidden = random([32, 1960]);
  const scalar = ops.scalar(1.5);
  const two = ops.scalar(2);
  const tiny = random([32, 10]);
  const positive = ops.abs(square);
  const mask = ops.greater(square, 0);
  const words = ops.cast(ops.mul(square, 1000), 'int32');
  return [
    ['add, same shape [32, 28, 28, 10]', 3, () => ops.add(image, other)],
    ['add, tiny [32, 10]', 0, () => ops.add(tiny, tiny)],
    ['mul by a scalar, tiny [32, 10]', 0, () => ops.mul(tiny, scalar)],
    ['relu, tiny [32, 10]', 0, () => ops.relu(tiny)],
    ['reshape, tiny [32, 10]', 0, () => ops.reshape(tiny, [320])],
    ['cast to its own type, tiny', 0, () => ops.cast(tiny, 'float32')],
    ['zerosLike, tiny', 0, () => ops.zerosLike(tiny)],
    ['add, channels [32, 28, 28, 10] + [10]', 2, () => ops.add(image, channels)],
    ['add, channels [32, 28, 28, 16] + [16]', 3.2, () => ops.add(even, evenChannels)],
    ['mul, rows 1024² · [1024, 1]', 8.4, () => ops.mul(square, rows)],
    ['mul by a scalar, 1024²', 8.4, () => ops.mul(square, scalar)],
    ['add, 1024²', 12.6, () => ops.add(square, square)],
    ['div, 1024²', 12.6, () => ops.div(square, square)],
    ['maximum, 1024²', 12.6, () => ops.maximum(square, square)],
    ['add of int32, 1024²', 12.6, () => ops.add(words, words)],
    ['floorDiv of int32, 1024²', 12.6, () => ops.floorDiv(words, words)],
    ['greater, 1024²', 9.4, () => ops.greater(square, square)],
    ['where, 1024²', 13.6, () => ops.where(mask, square, square)],
    ['cast int32 to float32, 1024²', 8.4, () => ops.cast(words, 'float32')],
    ['cast float32 to int32, 1024²', 8.4, () => ops.cast(square, 'int32')],
    ['cast bool to float32, 1024²', 5.2, () => ops.cast(mask, 'float32')],
    ['cast float32 to bool, 1024²', 5.2, () => ops.cast(square, 'bool')],
    ['addN of 4, 1024²', 21, () => ops.addN([square, square, square, square])],
    ['pow 1024²', 12.6, () => ops.pow(positive, square)],
    ['pow 2 1024²', 8.4, () => ops.pow(square, two)],
    ['log 1024²', 8.4, () => ops.log(positive)],
    ...unary.map(op => [`${op.name.replace('__op', '')} 1024²`, 8.4, () => op(square)]),
    ['uniform numbers [1960, 100]', 0.8, () => ops.keyedUniform(key, [1960, 100])],
    ['normal numbers [1960, 100]', 0.8, () => ops.keyedNormal(key, [1960, 100])],
    ['dropout [32, 1960]', 0.5, () => ops.keyedDropout(hidden, key, 0.5)],
    ['dropout and gradient [32, 1960]', 0.5, () => ops.grad(x => ops.keyedDropout(x, key, 0.5))(hidden)],
    ['relu and gradient [32, 28, 28, 10]', 5, () => ops.grad(x => ops.relu(x))(image)],
  ];
}

await compareWithCpu(cases);
