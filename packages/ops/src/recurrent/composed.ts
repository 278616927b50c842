import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { CheckedRecurrent, RecurrentResult } from './recurrent-options.js';

/** One step of a cell: from the projected input `[batch, gates · units]` and the states to the next states. */
export type CellStep = (projected: Tensor, states: readonly Tensor[]) => Tensor[];

/**
 * A recurrent op made of tfjs-core's ops, a step at a time: for activations that the kernels do not know, and backends that have no kernels.
 *
 * @param bias what is added to the projected input, `[gates · units]`
 */
export function composeRecurrent(
  { inputs, initialStates, masked, goBackwards }: CheckedRecurrent,
  bias: Tensor,
  step: CellStep,
): RecurrentResult {
  const { x, kernel, mask } = inputs;
  const [batch, time, features] = x.shape as [number, number, number];
  const projection = tf.add(tf.matMul(tf.reshape(x, [batch * time, features]), kernel as Tensor2D), bias);
  // A copy is reversed: the tape keeps the arrays themselves.
  const inOrder = (steps: Tensor[]): Tensor[] => (goBackwards ? steps.toReversed() : steps);
  const projected = inOrder(tf.unstack(tf.reshape(projection, [batch, time, kernel.shape[1]!]), 1));
  const kept = masked ? inOrder(tf.split(mask, time, 1)) : undefined;
  let states = initialStates;
  const outputs = projected.map((input, i) => {
    const next = step(input, states);
    states = kept ? next.map((state, j) => tf.where(kept[i]!, state, states[j]!)) : next;
    return states[0]!;
  });
  return { sequence: tf.stack(outputs, 1) as Tensor3D, states: [...states] as Tensor2D[] };
}
