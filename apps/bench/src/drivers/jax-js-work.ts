import { jit, lax, nn, numpy as np, tree, vjp } from '@jax-js/jax';
import type { ConvolutionTask, FileArray, MatMulTask, OpTask, PredictTask, Task } from '../protocol.js';
import { readArray, readFloats } from './files.js';
import { jaxJsForward, jaxJsWeights, type Weights } from './jax-js-networks.js';
import { jaxJsOps } from './jax-js-ops.js';
import { training } from './jax-js-training.js';
import { CannotError, type Work } from './serve.js';

/** A task's share of jax-js, on its WebAssembly backend. */
export async function jaxJsWork(task: Task): Promise<Work> {
  switch (task.kind) {
    case 'train':
      return training(task);
    case 'predict':
      return prediction(task);
    case 'matmul':
      return product(task);
    case 'conv2d':
      return convolution(task);
    case 'op':
      return jaxJsOp(task);
  }
}

const work = (check: readonly number[], once: () => Promise<void>): Work => ({
  parameters: null,
  check,
  maxUnits: null,
  note: null,
  run: async units => {
    for (let unit = 0; unit < units; unit++) await once();
  },
});

/** Waits for results, and lets go of them. */
async function finish(...results: np.Array[]): Promise<void> {
  for (const result of results) {
    await result.blockUntilReady();
    result.dispose();
  }
}

async function ends(array: np.Array): Promise<number[]> {
  const values = await array.data();
  return [values[0] as number, values.at(-1) as number];
}

async function prediction(task: PredictTask): Promise<Work> {
  const forward = jaxJsForward(task);
  const weights = jaxJsWeights(task.weights);
  const predict = jit((held: Weights, x: np.Array) => nn.softmax(forward(held, x)));
  const image = readFloats(task.x, task.scale).slice(0, 784);
  const once = async (): Promise<ArrayLike<number>> => predict(tree.ref(weights), np.array(image).reshape([1, 1, 28, 28])).data();
  return work([...Array.from(await once()).slice(0, 2)], async () => void (await once()));
}

async function product(task: MatMulTask): Promise<Work> {
  const [a, b] = [task.a, task.b].map(array => np.array(readFloats(array)).reshape([...array.shape])) as [np.Array, np.Array];
  const once = (): np.Array => np.matmul(a.ref, b.ref);
  return work(await ends(once()), () => finish(once()));
}

/** Channels are second in jax-js, and those that come out first in its kernels. */
async function convolution(task: ConvolutionTask): Promise<Work> {
  const array = (file: ConvolutionTask['x'], axes: number[]): np.Array =>
    np.transpose(np.array(readFloats(file)).reshape([...file.shape]), axes);
  const [x, filter, dy] = [array(task.x, [0, 3, 1, 2]), array(task.filter, [3, 2, 0, 1]), array(task.dy, [0, 3, 1, 2])];
  const convolve = (images: np.Array, kernel: np.Array): np.Array =>
    lax.conv(images, kernel, [task.stride, task.stride], task.padding === 'same' ? 'SAME' : 'VALID');
  if (task.direction === 'forward') {
    const forward = jit(convolve);
    const once = (): np.Array => forward(x.ref, filter.ref);
    return work(await ends(np.transpose(once(), [0, 2, 3, 1])), () => finish(once()));
  }
  const backward = jit((images: np.Array, kernel: np.Array, gradient: np.Array): [np.Array, np.Array] => {
    const [output, pullBack] = vjp(convolve, [images, kernel]);
    output.dispose();
    const [dx, dw] = pullBack(gradient) as [np.Array, np.Array];
    pullBack.dispose();
    return [dx, dw];
  });
  const once = (): [np.Array, np.Array] => backward(x.ref, filter.ref, dy.ref);
  const [dx, dw] = once();
  const check = [...(await ends(np.transpose(dx, [0, 2, 3, 1]))), ...(await ends(np.transpose(dw, [2, 3, 1, 0])))];
  return work(check, () => finish(...once()));
}

/** One op, jitted. @throws {CannotError} for one that jax-js lacks */
async function jaxJsOp({ op, inputs }: OpTask): Promise<Work> {
  const found = jaxJsOps[op];
  if (!found) throw new CannotError(`this benchmark has no ${op} in jax-js`);
  const arrays = inputs.map(array => opInput(array));
  const compiled = jit(found);
  const once = (): np.Array => compiled(...arrays.map(array => array.ref));
  return work(await ends(once()), () => finish(once()));
}

function opInput(array: FileArray): np.Array {
  const values = readArray(array);
  const whole = values instanceof Float32Array ? np.array(values) : np.array(Int32Array.from(values));
  const shaped = whole.reshape([...array.shape]);
  return array.dtype === 'uint8' ? np.notEqual(shaped, 0) : shaped;
}
