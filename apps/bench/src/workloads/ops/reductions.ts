import { normals, type Op, truths } from './op.js';

const hidden = normals(2048, 512);
const count = 2048 * 512;
const classes = normals(1024, 1000);

export const reductions: readonly Op[] = [
  {
    name: 'sum-columns',
    op: 'sumColumns',
    title: 'Sum of the columns of 25088×10: a bias’s gradient',
    inputs: [normals(25088, 10)],
    outputs: 10,
    arithmetic: 250_880,
  },
  { name: 'sum-all', op: 'sumAll', title: 'Sum of all of 2048×512', inputs: [hidden], outputs: 1, arithmetic: count },
  { name: 'mean-rows', op: 'mean', title: 'Mean of the rows of 2048×512', inputs: [hidden], outputs: 2048, arithmetic: count },
  {
    name: 'mean-short-rows',
    op: 'mean',
    title: 'Mean of the rows of 32768×16',
    inputs: [normals(32768, 16)],
    outputs: 32768,
    arithmetic: 524_288,
  },
  {
    name: 'global-pool',
    op: 'globalPool',
    title: 'Mean of the pixels of 32×8×8×64',
    inputs: [normals(32, 8, 8, 64)],
    outputs: 2048,
    arithmetic: 131_072,
  },
  { name: 'max-rows', op: 'max', title: 'Largest of the rows of 2048×512', inputs: [hidden], outputs: 2048, arithmetic: count },
  { name: 'prod-rows', op: 'prod', title: 'Product of the rows of 2048×512', inputs: [hidden], outputs: 2048, arithmetic: count },
  {
    name: 'all-rows',
    op: 'all',
    title: 'Whether all of the rows of 2048×512 are true',
    inputs: [truths(2048, 512)],
    outputs: 512,
    arithmetic: count / 4,
  },
  {
    name: 'softmax-small',
    op: 'softmax',
    title: 'softmax of 32×10',
    inputs: [normals(32, 10)],
    outputs: 320,
    arithmetic: 1280,
    functions: 320,
  },
  {
    name: 'softmax-attention',
    op: 'softmax',
    title: 'softmax of 8192×64: four heads on 64 steps',
    inputs: [normals(8192, 64)],
    outputs: 524_288,
    arithmetic: 4 * 524_288,
    functions: 524_288,
  },
  {
    name: 'softmax',
    op: 'softmax',
    title: 'softmax of 1024×1000',
    inputs: [classes],
    outputs: 1_024_000,
    arithmetic: 4_096_000,
    functions: 1_024_000,
  },
  {
    name: 'log-softmax',
    op: 'logSoftmax',
    title: 'log-softmax of 1024×1000',
    inputs: [classes],
    outputs: 1_024_000,
    arithmetic: 4_096_000,
    functions: 1_024_000,
  },
  { name: 'arg-max-small', op: 'argMax', title: 'Largest of 32×10, where it is', inputs: [normals(32, 10)], outputs: 32, arithmetic: 320 },
  { name: 'arg-max', op: 'argMax', title: 'Largest of 1024×1000, where it is', inputs: [classes], outputs: 1024, arithmetic: 1_024_000 },
  { name: 'top-5', op: 'topK', title: 'Five largest of 1024×1000', inputs: [classes], outputs: 10_240, arithmetic: 1_024_000 },
  { name: 'cumsum', op: 'cumsum', title: 'Sums along the rows of 2048×512', inputs: [hidden], outputs: count, arithmetic: count },
];
