import * as ops from '@jogak/ops';
import { hostArray, type Tensor } from '@jogak/ops';
import { buildNetwork } from '../networks/index.js';
import type { OpName, PredictTask, Task } from '../protocol.js';
import { readFloats } from './files.js';
import { trained, training } from './jogak-training.js';
import type { Work } from './serve.js';
import { convolutionWork, matMulWork } from './tfjs-kernels.js';
import { type EngineOp, opWork, tfjsOps } from './tfjs-ops.js';

const key = ops.randomKey(1, 'benchmark');

/** tfjs-core's ops, but for those that Jogak has its own of. */
const jogakOps: Readonly<Record<OpName, EngineOp>> = {
  ...tfjsOps,
  dropout: (_, x) => ops.keyedDropout(x as Tensor, key, 0.5),
  normal: () => ops.keyedNormal(key, [1960, 100]),
  uniform: () => ops.keyedUniform(key, [1960, 100]),
};

/** Jogak's share of a task, on the backend that is set. */
export async function jogakWork(task: Task, dataDir: string | null): Promise<Work> {
  switch (task.kind) {
    case 'train':
      return training(task, dataDir);
    case 'predict':
      return prediction(task);
    case 'matmul':
      return matMulWork(ops, task);
    case 'conv2d':
      return convolutionWork(ops, task);
    case 'op':
      return opWork(ops, task, jogakOps);
  }
}

function prediction(task: PredictTask): Work {
  const model = buildNetwork(task.recipe ?? task.network);
  const size = task.x.shape.slice(1).reduce((product, axis) => product * axis, 1);
  const sample = hostArray(readFloats(task.x, task.scale).subarray(0, size), [1, ...task.x.shape.slice(1)]);
  const once = (): Float32Array => {
    const output = model.predict(sample) as Tensor;
    const values = output.dataSync() as Float32Array;
    output.dispose();
    return values;
  };
  return {
    parameters: trained(model),
    check: [...once().slice(0, 2)],
    maxUnits: null,
    note: null,
    run: units => {
      for (let unit = 0; unit < units; unit++) once();
    },
  };
}
