import * as tf from '@tensorflow/tfjs-core';
import type { PredictTask, Task, TrainTask } from '../protocol.js';
import { readArray, readFloats } from './files.js';
import type { Work } from './serve.js';
import { convolutionWork, matMulWork } from './tfjs-kernels.js';
import { tfjsNetwork } from './tfjs-networks.js';
import { opWork } from './tfjs-ops.js';

/** Steps that data are made for: one-hot inputs of a whole epoch would fill the memory. */
const MOST_STEPS = 50;

/** A task's share of tfjs-layers and tfjs-core, on the backend that is set. */
export async function tfjsWork(task: Task): Promise<Work> {
  switch (task.kind) {
    case 'train':
      return training(task);
    case 'predict':
      return prediction(task);
    case 'matmul':
      return matMulWork(tf, task);
    case 'conv2d':
      return convolutionWork(tf, task);
    case 'op':
      return opWork(tf, task);
  }
}

async function training(task: TrainTask): Promise<Work> {
  const model = tfjsNetwork(task);
  const steps = Math.min(MOST_STEPS, Math.floor((task.x.shape[0] as number) / task.batchSize));
  const x = inputs(task, steps * task.batchSize);
  const y = tf.tensor2d(Float32Array.from(readArray(task.y).subarray(0, steps * task.batchSize)), [steps * task.batchSize, 1]);
  // Rows of so many steps, made when they are first asked for.
  const parts = new Map<number, [tf.Tensor, tf.Tensor]>();
  const part = (units: number): [tf.Tensor, tf.Tensor] => {
    const rows = parts.get(units) ?? [x.slice(0, units * task.batchSize), y.slice(0, units * task.batchSize)];
    parts.set(units, rows);
    return rows;
  };
  const check: number[] = [];
  for (let step = 0; step < (task.dropout > 0 ? 0 : 2); step++) {
    const figures = await model.trainOnBatch(...part(1));
    check.push(Array.isArray(figures) ? (figures[0] as number) : figures);
  }
  return {
    parameters: model.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0),
    check,
    maxUnits: steps,
    note: task.window === null ? null : 'follows errors back through all steps',
    run: async units => {
      await model.fit(...part(units), { batchSize: task.batchSize, epochs: 1, verbose: 0, shuffle: true });
    },
  };
}

/** The first samples, as the network takes them. */
function inputs({ x, oneHot, scale }: TrainTask, samples: number): tf.Tensor {
  const shape = [samples, ...x.shape.slice(1)];
  const size = shape.reduce((product, axis) => product * axis, 1);
  const values = readFloats(x, scale).subarray(0, size);
  if (oneHot === null) return tf.tensor(values, shape);
  const rows = new Float32Array(size * oneHot);
  for (let i = 0; i < size; i++) rows[i * oneHot + (values[i] as number)] = 1;
  return tf.tensor(rows, [...shape, oneHot]);
}

function prediction(task: PredictTask): Work {
  const model = tfjsNetwork(task);
  const shape = [1, ...task.x.shape.slice(1)];
  const sample = readFloats(task.x, task.scale).subarray(
    0,
    shape.reduce((product, axis) => product * axis, 1),
  );
  const once = (): Float32Array => tf.tidy(() => (model.predict(tf.tensor(sample, shape)) as tf.Tensor).dataSync() as Float32Array);
  return {
    parameters: null,
    check: [...once().slice(0, 2)],
    maxUnits: null,
    note: null,
    run: units => {
      for (let unit = 0; unit < units; unit++) once();
    },
  };
}
