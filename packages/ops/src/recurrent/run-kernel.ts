import type { NamedTensorMap, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type ActivationFunction, activations } from '../activations/index.js';
import { hasKernel } from '../engine.js';
import { INPUT_KERNEL_GRAD, type KernelActivation } from './kernel-contract.js';

const KERNEL_NAMES: ReadonlyMap<ActivationFunction, KernelActivation> = new Map<ActivationFunction, KernelActivation>([
  [activations.linear, 'linear'],
  [activations.relu, 'relu'],
  [activations.tanh, 'tanh'],
  [activations.sigmoid, 'sigmoid'],
  [activations.hardSigmoid, 'hardSigmoid'],
]);

/** The name by which kernels know an activation, undefined where they do not. */
export const kernelActivation = (activation: ActivationFunction): KernelActivation | undefined => KERNEL_NAMES.get(activation);

/** Whether a gradient is being recorded, for which the forward kernels have to keep more than their result. */
export const isRecording = (): boolean => tf.engine().isTapeOn();

/** Runs a kernel; its inputs, attributes and outputs are described in `kernel-contract.ts`. */
export function runKernel(name: string, inputs: object, attrs: object): Tensor[] {
  const outputs: Tensor | Tensor[] = tf.engine().runKernel(name, inputs as NamedTensorMap, attrs as tf.NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}

/**
 * {@link runKernel} of a cell. tfjs-core's tape makes a tensor of zeros for the gradient of every output that the loss does not depend on,
 * here up to `[batch, time, 4 · units]` at every step of training; this leaves those out, and the gradient function finds `null` for them.
 */
export function runCell(name: string, inputs: object, attrs: object): Tensor[] {
  const outputs = runKernel(name, inputs, attrs);
  const node = isRecording() ? tf.engine().state.activeTape?.at(-1) : undefined;
  const gradient = tf.getGradient(name)?.gradFunc;
  if (node?.kernelName === name && node.saved && gradient) {
    const { saved } = node;
    node.gradient = dys => gradient(dys, saved, attrs as tf.NamedAttrMap);
  }
  return outputs;
}

/** The gradients of a cell's outputs that there are, by name: a kernel takes those that are left out for zeros. */
export function presentGradients(names: readonly string[], dys: readonly (Tensor | null)[]): Record<string, Tensor> {
  const present: Record<string, Tensor> = {};
  names.forEach((name, index) => {
    const dy = dys[index];
    if (dy) present[name] = dy;
  });
  return present;
}

/** Whether the backend in use has these kernels. */
export const hasKernels = (...names: string[]): boolean => names.every(hasKernel);

/**
 * The gradients of input and kernel of a cell, from that of their product. Functions, because tfjs-core asks for those it needs only: the
 * first layer's input needs none.
 */
export function projectionGradients(x: Tensor, kernel: Tensor, dProjection: Tensor): { x: () => Tensor; kernel: () => Tensor } {
  const [batch, steps] = x.shape as [number, number];
  const [features, columns] = kernel.shape as [number, number];
  const rows = batch * steps;
  const dRows = tf.reshape(dProjection, [rows, columns]) as Tensor2D;
  // Of ids.
  if (x.rank === 2) {
    return {
      x: () => tf.zeros([batch, steps]),
      kernel: () => tf.unsortedSegmentSum(dRows, tf.reshape(x, [rows]) as Tensor1D, features),
    };
  }
  return {
    x: () => tf.reshape(tf.matMul(dRows, kernel as Tensor2D, false, true), [batch, steps, features]),
    kernel: () =>
      hasKernels(INPUT_KERNEL_GRAD)
        ? runKernel(INPUT_KERNEL_GRAD, { x, dProjection }, {})[0]!
        : tf.matMul(tf.reshape(x, [rows, features]) as Tensor2D, dRows, true),
  };
}
