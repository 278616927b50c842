import type * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionTask, MatMulTask } from '../protocol.js';
import { readFloats } from './files.js';
import { CannotError, type Work } from './serve.js';

/** What of tfjs-core is computed with: `@jogak/ops` re-exports it whole, so that Jogak and tfjs run the same lines. */
export type Engine = Pick<typeof tf, 'conv2d' | 'engine' | 'getBackend' | 'getKernel' | 'matMul' | 'slice' | 'tensor'>;

type FourSizes = [number, number, number, number];

const work = (tfjs: Engine, check: readonly number[], once: () => tf.Tensor | tf.Tensor[]): Work => ({
  parameters: null,
  check,
  maxUnits: null,
  note: null,
  run: units => {
    for (let unit = 0; unit < units; unit++) {
      for (const result of [once()].flat()) {
        if (unit === units - 1) awaitKernels(tfjs, result);
        result.dispose();
      }
    }
  },
});

/** Reads a number of `result`: an op may return before its kernels have run, who reads waits for them. */
function awaitKernels({ slice }: Engine, result: tf.Tensor): void {
  if (result.rank === 0) {
    result.dataSync();
    return;
  }
  const number = slice(
    result,
    result.shape.map(() => 0),
    result.shape.map(() => 1),
  );
  number.dataSync();
  number.dispose();
}

/** The first and the last number of each result. */
function ends(results: tf.Tensor | tf.Tensor[]): number[] {
  return [results].flat().flatMap(result => {
    const values = result.dataSync();
    result.dispose();
    return [values[0] as number, values.at(-1) as number];
  });
}

/** What can be done again and again. @param isSame whether everyone's results are the same */
export const engineWork = (tfjs: Engine, once: () => tf.Tensor | tf.Tensor[], isSame: boolean): Work =>
  work(tfjs, isSame ? ends(once()) : [], once);

/** `matMul` of two matrices. */
export function matMulWork(tfjs: Engine, task: MatMulTask): Work {
  const { matMul, tensor } = tfjs;
  const [a, b] = [task.a, task.b].map(array => tensor<tf.Rank.R2>(readFloats(array), array.shape as [number, number])) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const once = (): tf.Tensor => matMul(a, b);
  return engineWork(tfjs, once, true);
}

/** `conv2d`, or the two kernels that are its gradients. @throws {CannotError} where the backend has no such kernels */
export function convolutionWork(tfjs: Engine, task: ConvolutionTask): Work {
  const { conv2d, engine, getBackend, getKernel, tensor } = tfjs;
  const arrays = [task.x, task.filter, task.dy].map(array => tensor<tf.Rank.R4>(readFloats(array), array.shape as FourSizes));
  const [x, filter, dy] = arrays as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  if (task.direction === 'forward') {
    const once = (): tf.Tensor => conv2d(x, filter, task.stride, task.padding);
    return engineWork(tfjs, once, true);
  }
  for (const kernel of ['Conv2DBackpropInput', 'Conv2DBackpropFilter'])
    if (!getKernel(kernel, getBackend())) throw new CannotError(`the backend ${getBackend()} has no kernel ${kernel}`);
  const shared = { strides: [task.stride, task.stride], pad: task.padding, dataFormat: 'NHWC', dilations: 1 };
  const inputAttributes = { ...shared, inputShape: [...x.shape] };
  const filterAttributes = { ...shared, filterShape: [...filter.shape] };
  const once = (): tf.Tensor[] => [
    engine().runKernel('Conv2DBackpropInput', { dy, filter }, inputAttributes),
    engine().runKernel('Conv2DBackpropFilter', { x, dy }, filterAttributes),
  ];
  return engineWork(tfjs, once, true);
}
