import * as names from '@tensorflow/tfjs-core';
import * as binary from './binary.js';
import * as convolution from './conv2d.js';
import { gatherV2 } from './gather.js';
import { replaceKernel } from './kernel.js';
import { batchMatMul, fusedMatMul } from './mat-mul.js';
import * as pooling from './pooling.js';
import * as rearrange from './rearrange.js';
import { mean, sum } from './reduce.js';
import { unsortedSegmentSum } from './segment-sum.js';
import * as unary from './unary.js';

/**
 * Gives the backend `cpu` the fast kernels of this folder in place of tfjs' own. They are plain loops over typed arrays, for wherever
 * WebAssembly is not allowed, and cover what training spends its time on; what one does not cover goes on to tfjs' kernel. Doing it again does
 * nothing.
 */
export function registerCpuKernels(): void {
  replaceKernel(names.BatchMatMul, batchMatMul);
  replaceKernel(names._FusedMatMul, fusedMatMul);
  replaceKernel(names.Conv2D, convolution.conv2d);
  replaceKernel(names.FusedConv2D, convolution.fusedConv2d);
  replaceKernel(names.Conv2DBackpropInput, convolution.conv2dBackpropInput);
  replaceKernel(names.Conv2DBackpropFilter, convolution.conv2dBackpropFilter);
  replaceKernel(names.MaxPool, pooling.maxPool);
  replaceKernel(names.MaxPoolGrad, pooling.maxPoolGrad);
  replaceKernel(names.AvgPool, pooling.avgPool);
  replaceKernel(names.AvgPoolGrad, pooling.avgPoolGrad);
  replaceKernel(names.GatherV2, gatherV2);
  replaceKernel(names.UnsortedSegmentSum, unsortedSegmentSum);
  replaceKernel(names.Sum, sum);
  replaceKernel(names.Mean, mean);
  replaceKernel(names.Transpose, rearrange.transpose);
  replaceKernel(names.Slice, rearrange.slice);
  replaceKernel(names.SplitV, rearrange.split);
  replaceKernel(names.Unpack, rearrange.unpack);
  replaceKernel(names.Add, binary.add);
  replaceKernel(names.Sub, binary.subtract);
  replaceKernel(names.Multiply, binary.multiply);
  replaceKernel(names.RealDiv, binary.divide);
  replaceKernel(names.Maximum, binary.maximum);
  replaceKernel(names.Minimum, binary.minimum);
  replaceKernel(names.SquaredDifference, binary.squaredDifference);
  replaceKernel(names.Relu, unary.relu);
  replaceKernel(names.Step, unary.step);
  replaceKernel(names.Sigmoid, unary.sigmoid);
  replaceKernel(names.Tanh, unary.tanh);
  replaceKernel(names.Exp, unary.exp);
  replaceKernel(names.Square, unary.square);
  replaceKernel(names.Sqrt, unary.sqrt);
  replaceKernel(names.Neg, unary.negate);
}
