import { lax, nn, numpy as np } from '@jax-js/jax';
import type { OpName } from '../protocol.js';

type JaxJsOp = (...inputs: np.Array[]) => np.Array;

/** Ops that jax-js has in one function, or in a few. */
export const jaxJsOps: Readonly<Partial<Record<OpName, JaxJsOp>>> = {
  add: (a, b) => np.add(a as np.Array, b as np.Array),
  all: x => np.all(x as np.Array, 1),
  argMax: x => np.argmax(x as np.Array, 1),
  castToBool: x => np.notEqual(x as np.Array, 0),
  castToFloat: x => np.astype(x as np.Array, np.float32),
  clip: x => np.clip(x as np.Array, -1, 1),
  concat: (...list) => np.concatenate(list, -1),
  elu: x => nn.elu(x as np.Array),
  erf: x => lax.erf(x as np.Array),
  exp: x => np.exp(x as np.Array),
  gather: (x, ids) => np.take(x as np.Array, ids as np.Array, 0),
  globalPool: x => np.mean(x as np.Array, [1, 2]),
  greater: (a, b) => np.greater(a as np.Array, b as np.Array),
  log: x => np.log(x as np.Array),
  logSoftmax: x => nn.logSoftmax(x as np.Array),
  max: x => np.max(x as np.Array, 1),
  mean: x => np.mean(x as np.Array, 1),
  multiply: (a, b) => np.multiply(a as np.Array, b as np.Array),
  oneHot: ids => nn.oneHot(ids as np.Array, 100),
  pad: x =>
    np.pad(x as np.Array, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  prod: x => np.prod(x as np.Array, 1),
  relu: x => nn.relu(x as np.Array),
  reverse: x => np.flip(x as np.Array, 1),
  sigmoid: x => nn.sigmoid(x as np.Array),
  softmax: x => nn.softmax(x as np.Array),
  sumAll: x => np.sum(x as np.Array),
  sumColumns: x => np.sum(x as np.Array, 0),
  tanh: x => np.tanh(x as np.Array),
  tile: x => np.tile(x as np.Array, [1, 64, 1]),
  transpose: x => np.transpose(x as np.Array),
  transposeHeads: x => np.transpose(x as np.Array, [0, 2, 1, 3]),
  where: (condition, a, b) => np.where(condition as np.Array, a as np.Array, b as np.Array),
};
