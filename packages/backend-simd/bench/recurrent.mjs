// Recurrent cells over whole sequences and the optimizer's update: `node bench/recurrent.mjs [part of a name]`, after the builds of this
// package and of @jogak/ops, which has the same kernels for `cpu`.
// Compares simd (1 thread, all threads) with cpu, in turns within one run; prints the best of the rounds in µs, GFLOP/s or GB/s of simd.
import { performance } from 'node:perf_hooks';
import * as tf from '@jogak/ops';
import { configureSimd, ready, simdStatus } from '../dist/index.js';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const only = process.argv[2] ?? '';

/** name, op, blocks of the kernel, [batch, steps, features, units], whether x is one-hot. */
const cells = [
  ['imdb-rnn', 'JogakSimpleRnn', 1, [32, 100, 100, 32], true],
  ['dense simpleRnn', 'JogakSimpleRnn', 1, [32, 100, 32, 8], false],
  ['imdb-lstm', 'JogakLstm', 4, [32, 100, 32, 8], false],
  ['gru', 'JogakGru', 3, [32, 100, 32, 32], false],
  ['lstm-256', 'JogakLstm', 4, [32, 20, 256, 256], false],
];

function cellCases() {
  return cells.flatMap(([name, op, blocks, [batch, steps, features, units], isOneHot]) => {
    const columns = blocks * units;
    const x = isOneHot
      ? tf.oneHot(tf.randomUniform([batch, steps], 0, features, 'int32'), features, 1, 0, 'float32')
      : tf.randomUniform([batch, steps, features], -1, 1);
    const isLstm = op === 'JogakLstm';
    const resetAfter = op === 'JogakGru';
    const state = {
      initialState: tf.zeros([batch, units]),
      mask: tf.ones([batch, steps], 'bool'),
      ...(isLstm ? { initialCell: tf.zeros([batch, units]) } : {}),
    };
    const recurrentKernel = tf.randomUniform([units, columns], -0.1, 0.1);
    const weights = {
      kernel: tf.randomUniform([features, columns], -0.1, 0.1),
      recurrentKernel,
      bias: tf.zeros(resetAfter ? [2, columns] : [columns]),
    };
    const attrs = { activation: 'tanh', recurrentActivation: 'sigmoid', goBackwards: false, resetAfter, forGradient: true };
    const outputs = run(op, { x, ...weights, ...state }, attrs);
    const [sequence, last] = outputs;
    const kept = isLstm
      ? { gates: outputs[3], cells: outputs[4], dCell: tf.zeros([batch, units]) }
      : resetAfter
        ? { gates: outputs[2] }
        : {};
    const gradInputs = { recurrentKernel, ...state, sequence, ...kept, dSequence: tf.zeros(sequence.shape), dState: tf.ones(last.shape) };
    const dProjection = tf.randomUniform([batch, steps, columns], -1, 1);
    const inputFlop = 2 * batch * steps * features * columns;
    const stateFlop = 2 * batch * steps * units * columns;
    return [
      [`${name} forward`, () => [op, { x, ...weights, ...state }, attrs], { flop: stateFlop + (isOneHot ? 0 : inputFlop) }],
      [`${name} backward`, () => [`${op}Grad`, gradInputs, attrs], { flop: 2 * stateFlop }],
      [
        `${name} input kernel`,
        () => ['JogakInputKernelGrad', { x, dProjection }, {}],
        isOneHot ? { bytes: 4 * x.size } : { flop: inputFlop },
      ],
    ];
  });
}

/** Adam's update of the weights of a network: 28 bytes each. */
function updateCases() {
  return [
    ['fashion-cnn', [90, 10, 196_000, 100, 1000, 10]],
    ['imdb-lstm', [32_000, 1024, 256, 32, 8, 1]],
  ].map(([name, sizes]) => {
    const inputs = {};
    sizes.forEach((size, index) => {
      for (const part of [`weight${index}`, `gradient${index}`, `slot${index}_0`, `slot${index}_1`])
        inputs[part] = tf.randomUniform([size]);
    });
    const rule = { name: 'adam', stepSize: 1e-3, learningRate: 1e-3, step: 10, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false };
    const bytes = 28 * sizes.reduce((total, size) => total + size, 0);
    return [`adam ${name}`, () => ['JogakOptimizerUpdate', inputs, { rule, decays: sizes.map(() => 0) }], { bytes }];
  });
}

const run = (kernel, inputs, attrs) => tf.engine().runKernel(kernel, inputs, attrs);

/** Best time of one call in µs, over `budget` ms. */
function time(call, budget) {
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + budget;
  do {
    const begin = performance.now();
    const outputs = run(...call);
    // Kernels of simd may run on when the op has returned.
    tf.backend().finish?.();
    best = Math.min(best, (performance.now() - begin) * 1000);
    tf.dispose(outputs);
  } while (performance.now() < end);
  return best;
}

const results = new Map();
for (let round = 0; round < ROUNDS; round++) {
  for (const [column, backend, threads, budget] of [
    ['simd1', 'simd', 1, 200],
    ['simd', 'simd', undefined, 200],
    ['cpu', 'cpu', undefined, 1],
  ]) {
    if (backend === 'simd') configureSimd(threads ? { threads } : {});
    tf.setBackend(backend);
    await tf.ready();
    if (backend === 'simd') await ready();
    tf.engine().startScope();
    for (const [name, call, work] of [...cellCases(), ...updateCases()]) {
      if (!name.includes(only)) continue;
      const row = results.get(name) ?? { work };
      row[column] = Math.min(row[column] ?? Number.POSITIVE_INFINITY, time(call(), budget));
      results.set(name, row);
    }
    tf.engine().endScope();
  }
}

tf.setBackend('simd');
const { kernels, threads } = simdStatus();
console.log(`${kernels} kernels; µs: simd on 1 thread, on ${threads}, cpu; times faster than cpu`);
for (const [name, { simd1, simd, cpu, work }] of results) {
  const rate = work.flop ? `${(work.flop / simd / 1000).toFixed(1)} GFLOP/s` : `${(work.bytes / simd / 1000).toFixed(1)} GB/s`;
  const numbers = [simd1, simd, cpu].map(value => value.toFixed(0).padStart(8)).join('');
  console.log(`${name.padEnd(28)}${numbers}${(cpu / simd).toFixed(0).padStart(6)}x  ${rate}`);
}
process.exit(0);
