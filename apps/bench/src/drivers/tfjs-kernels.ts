import type * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionTask, MatMulTask } from '../protocol.js';
import { readFloats } from './files.js';
import { CannotError, type Work } from './serve.js';

/** What of tfjs-core is computed with: `@jogak/ops` re-exports it whole, so that Jogak and tfjs run the same lines. */
export type Engine = Pick<typeof tf, 'conv2d' | 'engine' | 'getBackend' | 'getKernel' | 'matMul' | 'tensor'>;

type FourSizes = [number, number, number, number];

const work = (check: readonly number[], once: () => tf.Tensor | tf.Tensor[]): Work => ({
  parameters: null,
  check,
  maxUnits: null,
  note: null,
  run: units => {
    for (let unit = 0; unit < units; unit++) for (const result of [once()].flat()) result.dispose();
  },
});

/** The first and the last number of each result. */
function ends(results: tf.Tensor | tf.Tensor[]): number[] {
  return [results].flat().flatMap(result => {
    const values = result.dataSync();
    result.dispose();
    return [values[0] as number, values.at(-1) as number];
  });
}

/** `matMul` of two matrices. */
export function matMulWork({ matMul, tensor }: Engine, task: MatMulTask): Work {
  const [a, b] = [task.a, task.b].map(array => tensor<tf.Rank.R2>(readFloats(array), array.shape as [number, number])) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const once = (): tf.Tensor => matMul(a, b);
  return work(ends(once()), once);
}

/** `conv2d`, or the two kernels that are its gradients. @throws {CannotError} where the backend has no such kernels */
export function convolutionWork({ conv2d, engine, getBackend, getKernel, tensor }: Engine, task: ConvolutionTask): Work {
  const arrays = [task.x, task.filter, task.dy].map(array => tensor<tf.Rank.R4>(readFloats(array), array.shape as FourSizes));
  const [x, filter, dy] = arrays as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  if (task.direction === 'forward') {
    const once = (): tf.Tensor => conv2d(x, filter, task.stride, task.padding);
    return work(ends(once()), once);
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
  return work(ends(once()), once);
}
