import { engine, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** A value and its gradients. */
export interface ValueAndGradients {
  /** What was differentiated, a scalar. */
  readonly value: Tensor;
  /** One for each tensor that was asked about, of its shape; null where the value does not depend on it. */
  readonly gradients: readonly (Tensor | null)[];
}

/**
 * A scalar and its gradients by some tensors, in their order. Unlike tfjs-core's `variableGrads` it takes a value that does not depend on
 * all of them, and frees what the tape kept when `compute` throws.
 *
 * @param compute gives the scalar; it is run once
 * @param by tensors, variables among them; with none, there is the value alone
 */
export function valueAndGradients(compute: () => Tensor, by: readonly Tensor[]): ValueAndGradients {
  if (by.length === 0) return { value: tidy(compute), gradients: [] };
  const watched = (): Scalar => {
    try {
      return compute() as Scalar;
    } catch (error) {
      // The engine disposes of these after the backward pass, which will not come.
      for (const node of engine().state.activeTape ?? []) for (const saved of node.saved ?? []) saved.dispose();
      throw error;
    }
  };
  const { value, grads } = engine().gradients(watched, [...by], null as unknown as Tensor, true);
  return { value, gradients: grads.map(gradient => gradient ?? null) };
}
