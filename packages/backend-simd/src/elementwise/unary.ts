import { backend_util, type ClipByValueAttrs, type LeakyReluAttrs, type ReluInputs, type StepAttrs, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk; a multiple of 16, as the kernels' loops go over the end. Some five microseconds of an op that costs as much as exp. */
const CHUNK = 8192;

/** Ops of assembly/elementwise/unary.ts, in the order of their numbers there. */
const ops = [
  'abs',
  'negate',
  'relu',
  'relu6',
  'leakyRelu',
  'step',
  'clip',
  'square',
  'sqrt',
  'rsqrt',
  'reciprocal',
  'floor',
  'ceil',
  'round',
  'sign',
  'absI32',
  'negateI32',
  'squareI32',
  'exp',
  'expm1',
  'log',
  'log1p',
  'tanh',
  'sigmoid',
  'softplus',
  'elu',
  'erf',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'asinh',
  'acosh',
  'atanh',
] as const;
type Op = (typeof ops)[number];

/** Two numbers that an op has of its own, such as the bounds that it clips to. */
type Numbers<Attributes> = (attrs: Attributes) => readonly [number, number];

const none: Numbers<object> = () => [0, 0];

/**
 * An op of one tensor, element by element, by `float`; of int32 by `integer`, if there is one. The result has the type of the
 * input.
 */
const unary = <Attributes extends object>(kernelName: string, float: Op, numbers: Numbers<Attributes> = none, integer?: Op): SimdKernel => {
  const floatOp = ops.indexOf(float);
  const integerOp = integer ? ops.indexOf(integer) : -1;
  return simdKernel<ReluInputs, Attributes>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const op = x.dtype === 'float32' ? floatOp : x.dtype === 'int32' ? integerOp : -1;
    if (op < 0) return undefined;
    const y = backend.output(x.shape, x.dtype);
    const length = util.sizeFromShape(x.shape);
    const [p, q] = numbers(attrs);
    backend.run('unary', Math.ceil(length / CHUNK), backend.pointer(x), backend.pointer(y), length, CHUNK, op, p, q);
    return y;
  });
};

export const unaryKernels: readonly SimdKernel[] = [
  unary('Abs', 'abs', none, 'absI32'),
  unary('Neg', 'negate', none, 'negateI32'),
  unary('Square', 'square', none, 'squareI32'),
  unary('Relu', 'relu'),
  unary('Relu6', 'relu6'),
  unary<LeakyReluAttrs>('LeakyRelu', 'leakyRelu', ({ alpha }) => [alpha, 0]),
  unary('Elu', 'elu', () => [1, 1]),
  unary('Selu', 'elu', () => [backend_util.SELU_SCALE, backend_util.SELU_SCALEALPHA]),
  unary<StepAttrs>('Step', 'step', ({ alpha }) => [alpha, 0]),
  unary<ClipByValueAttrs>('ClipByValue', 'clip', ({ clipValueMin, clipValueMax }) => [clipValueMin, clipValueMax]),
  unary('Sqrt', 'sqrt'),
  unary('Rsqrt', 'rsqrt'),
  unary('Reciprocal', 'reciprocal'),
  unary('Floor', 'floor'),
  unary('Ceil', 'ceil'),
  unary('Round', 'round'),
  unary('Sign', 'sign'),
  unary('Exp', 'exp'),
  unary('Expm1', 'expm1'),
  unary('Log', 'log'),
  unary('Log1p', 'log1p'),
  unary('Tanh', 'tanh'),
  unary('Sigmoid', 'sigmoid'),
  unary('Softplus', 'softplus'),
  unary('Erf', 'erf'),
  unary('Sin', 'sin'),
  unary('Cos', 'cos'),
  unary('Tan', 'tan'),
  unary('Asin', 'asin'),
  unary('Acos', 'acos'),
  unary('Atan', 'atan'),
  unary('Sinh', 'sinh'),
  unary('Cosh', 'cosh'),
  unary('Asinh', 'asinh'),
  unary('Acosh', 'acosh'),
  unary('Atanh', 'atanh'),
];
