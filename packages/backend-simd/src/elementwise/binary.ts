import type { AddInputs, DataType, EluGradInputs, PreluInputs, TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { broadcastShape, runBroadcast } from './broadcast.js';

/** Ops of assembly/elementwise/binary.ts, in the order of their numbers there. */
const ops = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'maximum',
  'minimum',
  'squaredDifference',
  'prelu',
  'eluGrad',
  'addI32',
  'subtractI32',
  'multiplyI32',
  'maximumI32',
  'minimumI32',
  'floorDivide',
  'floorDivideI32',
  'andI32',
  'pow',
  'atan2',
  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'equalI32',
  'notEqualI32',
  'lessI32',
  'lessEqualI32',
] as const;
type Op = (typeof ops)[number];

/** Computes y of a and b; `undefined` where it does not cover them. */
type Binary = (backend: SimdBackend, a: TensorInfo, b: TensorInfo) => TensorInfo | undefined;

/**
 * y = op(a, b), of operands that broadcast: of float32 by `float`, of int32 by `integer`, if there is such an op.
 *
 * @param dtype type of the result. @default the type of the operands
 */
function binary(float: Op | undefined, integer?: Op, dtype?: DataType): Binary {
  const floatOp = float ? ops.indexOf(float) : -1;
  const integerOp = integer ? ops.indexOf(integer) : -1;
  return (backend, a, b) => {
    const op = a.dtype !== b.dtype ? -1 : a.dtype === 'float32' ? floatOp : a.dtype === 'int32' ? integerOp : -1;
    if (op < 0) return undefined;
    const y = backend.output(broadcastShape(a.shape, b.shape), dtype ?? a.dtype);
    runBroadcast(backend, 'binary', op, a, b, y);
    return y;
  };
}

const kernel = (kernelName: string, run: Binary): SimdKernel =>
  simdKernel<AddInputs, object>(kernelName, ({ inputs: { a, b }, backend }) => run(backend, a, b));

/** a > b is b < a. */
const swapped =
  (run: Binary): Binary =>
  (backend, a, b) =>
    run(backend, b, a);

const equal = binary('equal', 'equalI32', 'bool');
const notEqual = binary('notEqual', 'notEqualI32', 'bool');
const less = binary('less', 'lessI32', 'bool');
const lessEqual = binary('lessEqual', 'lessEqualI32', 'bool');
const prelu = binary('prelu');
const eluGrad = binary('eluGrad');

export const binaryKernels: readonly SimdKernel[] = [
  kernel('Add', binary('add', 'addI32')),
  kernel('Sub', binary('subtract', 'subtractI32')),
  kernel('Multiply', binary('multiply', 'multiplyI32')),
  kernel('RealDiv', binary('divide')),
  kernel('Maximum', binary('maximum', 'maximumI32')),
  kernel('Minimum', binary('minimum', 'minimumI32')),
  kernel('SquaredDifference', binary('squaredDifference')),
  kernel('FloorDiv', binary('floorDivide', 'floorDivideI32', 'int32')),
  kernel('BitwiseAnd', binary(undefined, 'andI32')),
  kernel('Pow', binary('pow')),
  kernel('Atan2', binary('atan2')),
  kernel('Equal', equal),
  kernel('NotEqual', notEqual),
  kernel('Less', less),
  kernel('LessEqual', lessEqual),
  kernel('Greater', swapped(less)),
  kernel('GreaterEqual', swapped(lessEqual)),
  simdKernel<PreluInputs, object>('Prelu', ({ inputs: { x, alpha }, backend }) => prelu(backend, x, alpha)),
  simdKernel<EluGradInputs, object>('EluGrad', ({ inputs: { dy, y }, backend }) => eluGrad(backend, dy, y)),
];
