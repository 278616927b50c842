import {
  AvgPool,
  AvgPoolGrad,
  BatchMatMul,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  FusedConv2D,
  _FusedMatMul as FusedMatMul,
  GatherV2,
  MaxPool,
  MaxPoolGrad,
  UnsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, fusedConv2d } from './conv2d.js';
import { gatherV2 } from './gather.js';
import { replaceKernel } from './kernel.js';
import { batchMatMul, fusedMatMul } from './mat-mul.js';
import { avgPool, avgPoolGrad, maxPool, maxPoolGrad } from './pooling.js';
import { unsortedSegmentSum } from './segment-sum.js';

/**
 * Gives the backend `cpu` the fast kernels of this folder in place of tfjs' own. They are plain loops over typed arrays, for wherever
 * WebAssembly is not allowed, and cover what training spends its time on; what one does not cover goes on to tfjs' kernel. Doing it again does
 * nothing.
 */
export function registerCpuKernels(): void {
  replaceKernel(BatchMatMul, batchMatMul);
  replaceKernel(FusedMatMul, fusedMatMul);
  replaceKernel(Conv2D, conv2d);
  replaceKernel(FusedConv2D, fusedConv2d);
  replaceKernel(Conv2DBackpropInput, conv2dBackpropInput);
  replaceKernel(Conv2DBackpropFilter, conv2dBackpropFilter);
  replaceKernel(MaxPool, maxPool);
  replaceKernel(MaxPoolGrad, maxPoolGrad);
  replaceKernel(AvgPool, avgPool);
  replaceKernel(AvgPoolGrad, avgPoolGrad);
  replaceKernel(UnsortedSegmentSum, unsortedSegmentSum);
  replaceKernel(GatherV2, gatherV2);
}
