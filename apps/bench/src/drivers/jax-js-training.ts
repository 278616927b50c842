import { blockUntilReady, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { OptimizerSpec, TrainTask } from '../protocol.js';
import { readArray, readFloats } from './files.js';
import { jaxJsForward, jaxJsWeights, type Weights } from './jax-js-networks.js';
import type { Work } from './serve.js';

/** Weights, and what the optimizer keeps beside them. */
type State = { weights: Weights; first: Weights; second: Weights; step: np.Array };

/** Trains by one jitted function a step, with the optimizer in it. */
export async function training(task: TrainTask): Promise<Work> {
  const forward = jaxJsForward(task);
  const classes = 10;
  const loss = (weights: Weights, x: np.Array, y: np.Array): np.Array =>
    np.mean(np.sum(nn.logSoftmax(forward(weights, x)).mul(nn.oneHot(y, classes)), -1)).neg();
  const step = jit((state: State, x: np.Array, y: np.Array): { state: State; loss: np.Array } => {
    const { weights, ...kept } = state;
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), x, y);
    return { state: update(task.optimizer, { weights, ...kept }, gradients as Weights), loss: value };
  });
  const weights = jaxJsWeights(task.weights);
  const zeros = (): Weights => tree.map((w: np.Array) => np.zeros(w.shape), tree.ref(weights)) as Weights;
  let state: State = { weights, first: zeros(), second: zeros(), step: np.array(0) };
  const batches = rowsOf(task);
  const train = async (index: number): Promise<number> => {
    const result = step(state, ...batches(index));
    state = result.state;
    await blockUntilReady(state);
    return (await result.loss.data())[0] as number;
  };
  const check = [await train(0), await train(0)];
  const parameters = tree.leaves<np.Array>(tree.ref(state.weights)).reduce((sum, leaf) => {
    const { size } = leaf;
    leaf.dispose();
    return sum + size;
  }, 0);
  return {
    parameters,
    check,
    maxUnits: null,
    note: 'one thread: its workers are those of browsers',
    run: async units => {
      for (let unit = 0; unit < units; unit++) await train(unit);
    },
  };
}

/** Batches, in one order: what is shuffled is the host's business in jax-js, and would be as fast. */
function rowsOf({ x, y, scale, batchSize }: TrainTask): (index: number) => [np.Array, np.Array] {
  const sample = x.shape.slice(1).reduce((product, axis) => product * axis, 1);
  const [inputs, classes] = [readFloats(x, scale), readArray(y) as Int32Array];
  const count = Math.floor(classes.length / batchSize);
  const [height, width] = x.shape.slice(1) as [number, number];
  return index => {
    const start = (index % count) * batchSize;
    const rows = inputs.slice(start * sample, (start + batchSize) * sample);
    return [np.array(rows).reshape([batchSize, 1, height, width]), np.array(classes.slice(start, start + batchSize), { dtype: np.int32 })];
  };
}

/** Keras' formulas. Takes over all that it is given. */
function update(rule: OptimizerSpec, { weights, first, second, step }: State, gradients: Weights): State {
  const map = (move: (...arrays: np.Array[]) => np.Array, ...trees: Weights[]): Weights =>
    tree.map(move as never, ...(trees as [Weights])) as Weights;
  if (rule.name === 'sgd')
    return { weights: map((w, g) => (w as np.Array).sub((g as np.Array).mul(rule.learningRate)), weights, gradients), first, second, step };
  const count = step.add(1);
  const m = map((old, g) => (old as np.Array).mul(0.9).add((g as np.Array).mul(0.1)), first, tree.ref(gradients));
  const v = map((old, g) => (old as np.Array).mul(0.999).add(np.square(g as np.Array).mul(0.001)), second, gradients);
  const correction = (beta: number): np.Array =>
    np
      .exp(count.ref.mul(Math.log(beta)))
      .neg()
      .add(1);
  const rate = np.sqrt(correction(0.999)).div(correction(0.9)).mul(rule.learningRate);
  const moved = map(
    (w, mean, square) => (w as np.Array).sub((mean as np.Array).mul(rate.ref).div(np.sqrt(square as np.Array).add(1e-7))),
    weights,
    tree.ref(m),
    tree.ref(v),
  );
  rate.dispose();
  return { weights: moved, first: m, second: v, step: count };
}
