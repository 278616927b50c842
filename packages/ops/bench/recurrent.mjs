// Times the recurrent ops on `cpu`: the training work of a recipe's epoch (forward, backward and the loss; no optimizer), as fused kernels, as the same op
// composed of tfjs-core's ops on the other kernels of `cpu` that are ours, and as tfjs-layers does it on those and on tfjs' own.
//
//   npm run build && node bench/recurrent.mjs [batches]
//
// A batch is timed `batches` times (default 20; slow ones fewer times) after warming up; an epoch is 625 of them. Medians, and the spread between the
// 10th and the 90th percentile.
import os from 'node:os';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { copyRegisteredKernels } from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

// Before ours replace them.
const ORIGINAL = 'cpu-of-tfjs';
copyRegisteredKernels('cpu', ORIGINAL);
const ops = await import('../dist/index.js');

const BATCH = 32;
const TIME = 100;
const BATCHES_AN_EPOCH = 20_000 / BATCH;
const runs = Number(process.argv[2] ?? 20);

const COMPOSED = 'cpu-composed';
ops.registerBackend(ORIGINAL, () => new MathBackendCPU(), 0);
ops.registerBackend(COMPOSED, () => new MathBackendCPU(), 0);
ops.copyRegisteredKernels('cpu', COMPOSED);
for (const { kernelName } of ops.getKernelsForBackend(COMPOSED)) {
  if (/^Jogak(SimpleRnn|Lstm|Gru|InputKernel)/.test(kernelName)) ops.unregisterKernel(kernelName, COMPOSED);
}

const normal = (shape, path) => ops.variable(ops.tensor(ops.normalValues(ops.randomKey(1, path), shape, 0, 0.1), shape));
const ids = limit =>
  ops.tensor2d(
    Int32Array.from(ops.randomBits(ops.randomKey(1, 'ids'), BATCH * TIME), word => word % limit),
    [BATCH, TIME],
    'int32',
  );
const labels = ops.tensor2d(
  Float32Array.from({ length: BATCH }, (_, i) => i % 2),
  [BATCH, 1],
);
const loss = (h, head) => ops.mean(ops.sigmoidCrossEntropyWithLogits(labels, ops.matMul(h, head)));

/** A step of `embedding 1000 → 32`, a cell, `dense 1`. */
function embedded(op, columns, units) {
  const x = ids(1000);
  const weights = [
    normal([1000, 32], 'table'),
    normal([32, columns], 'kernel'),
    normal([units, columns], 'recurrent'),
    normal([units, 1], 'head'),
  ];
  const [table, kernel, recurrentKernel, head] = weights;
  return () => ops.variableGrads(() => loss(op({ x: ops.embeddingLookup(table, x), kernel, recurrentKernel }).states[0], head), weights);
}

/** A step of a cell on one-hot `[100, 100]`, `dense 1`. */
function oneHot(op, units) {
  const x = ops.cast(ops.oneHot(ids(100), 100), 'float32');
  const weights = [normal([100, units], 'kernel'), normal([units, units], 'recurrent'), normal([units, 1], 'head')];
  const [kernel, recurrentKernel, head] = weights;
  return () => ops.variableGrads(() => loss(op({ x, kernel, recurrentKernel }).states[0], head), weights);
}

/** The same step in tfjs-layers. */
function ofLayers(stack, x) {
  const model = layers.sequential({ layers: [...stack, layers.layers.dense({ units: 1 })] });
  model.predict(x).dispose();
  const weights = model.trainableWeights.map(weight => weight.read());
  return () => ops.variableGrads(() => ops.mean(ops.sigmoidCrossEntropyWithLogits(labels, model.apply(x, { training: true }))), weights);
}

// Orthogonal weights would need tfjs-core's chained methods.
const theirCell = { recurrentActivation: 'sigmoid', recurrentInitializer: 'glorotNormal' };
const embedding = () => layers.layers.embedding({ inputDim: 1000, outputDim: 32, inputLength: TIME });
const WORK = {
  'imdb-lstm: embedding 1000 → 32, lstm 8': {
    ours: () => embedded(ops.lstm, 32, 8),
    theirs: () => ofLayers([embedding(), layers.layers.lstm({ ...theirCell, units: 8 })], ids(1000)),
  },
  'imdb-embedding-rnn: embedding 1000 → 32, simpleRnn 8': {
    ours: () => embedded(ops.simpleRnn, 8, 8),
    theirs: () => ofLayers([embedding(), layers.layers.simpleRNN({ units: 8, recurrentInitializer: 'glorotNormal' })], ids(1000)),
  },
  'imdb-rnn: one-hot 100, simpleRnn 32': {
    ours: () => oneHot(ops.simpleRnn, 32),
    theirs: () =>
      ofLayers(
        [layers.layers.simpleRNN({ units: 32, recurrentInitializer: 'glorotNormal', inputShape: [TIME, 100] })],
        ops.cast(ops.oneHot(ids(100), 100), 'float32'),
      ),
  },
  'embedding 1000 → 32, gru 8': {
    ours: () => embedded(options => ops.gru({ ...options, resetAfter: false }), 24, 8),
    theirs: () => ofLayers([embedding(), layers.layers.gru({ ...theirCell, units: 8 })], ids(1000)),
  },
};

/** Processor seconds, of all threads, of each of `count` runs; the results are disposed of. Not wall time, which other programs stretch. */
function time(step, count) {
  return Array.from({ length: count }, () => {
    const start = process.cpuUsage();
    const { value, grads } = step();
    ops.dispose([value, grads]);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  }).sort((a, b) => a - b);
}

function report(name, seconds) {
  const at = quantile => seconds[Math.min(seconds.length - 1, Math.floor(quantile * seconds.length))];
  const milliseconds = value => (value * 1000).toFixed(1);
  console.log(
    `  ${name.padEnd(22)} ${milliseconds(at(0.5)).padStart(8)} ms a batch (${milliseconds(at(0.1))} to ${milliseconds(at(0.9))}), ${(at(0.5) * BATCHES_AN_EPOCH).toFixed(1)} s an epoch`,
  );
}

console.log(
  `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} threads (one used), Node ${process.version}; load ${os.loadavg()[0].toFixed(1)}`,
);
console.log(`batch ${BATCH}, ${TIME} steps, forward and backward; ${runs} batches timed; an epoch is ${BATCHES_AN_EPOCH} of them`);
for (const [name, { ours, theirs }] of Object.entries(WORK)) {
  console.log(name);
  for (const [label, backend, make, count] of [
    ['fused kernel', 'cpu', ours, runs],
    ['composed', COMPOSED, ours, Math.ceil(runs / 4)],
    ['tfjs-layers', 'cpu', theirs, Math.ceil(runs / 5)],
    ["tfjs-layers, tfjs' cpu", ORIGINAL, theirs, 1],
  ]) {
    await ops.setBackend(backend);
    const step = make();
    if (count > 1) time(step, Math.min(5, count));
    report(label, time(step, count));
  }
}
