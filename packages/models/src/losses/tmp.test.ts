import { grad, memory, sum, tensor } from '@jogak/ops';
import { it } from 'vitest';
import * as losses from './index.js';

it('x', () => {
  const p = tensor([
    [0.2, 0.8],
    [0.6, 0.4],
  ]);
  for (const n of [
    'bce',
    'mse',
    'mae',
    'mape',
    'msle',
    'kld',
    'Huber',
    'log_cosh',
    'hinge',
    'squared_hinge',
    'categoricalHinge',
    'poisson',
    'categorical_crossentropy',
    'cosineSimilarity',
  ]) {
    const l = losses.getLoss(n);
    const t = tensor([
      [0, 1],
      [0, 1],
    ]);
    const v = l.call(t, p);
    const g = grad(x => sum(l.call(t, x)))(p);
    console.log(n, l.serialize(), [...v.dataSync()], [...g.dataSync()]);
  }
  const l = losses.getLoss('sparse_categorical_crossentropy');
  console.log([...l.call(tensor([1, 0], [2], 'int32'), p).dataSync()]);
});
