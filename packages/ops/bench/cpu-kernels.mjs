// Our cpu kernels against those of tfjs that they replace, in one run: `node packages/ops/bench/cpu-kernels.mjs`, after a build.
// Each figure is the best of five rounds of at least 100 ms (one call, where a call takes longer).
import os from 'node:os';
import { originalKernel, registeredKernel } from '../dist/cpu/kernel.js';
import { engine, ones, ready, setBackend } from '../dist/index.js';

await setBackend('cpu');
await ready();
const backend = engine().backend;

/** Milliseconds of one call. */
function time(kernelFunc, inputs, attrs) {
  const call = () => {
    for (const { dataId } of [kernelFunc({ inputs, backend, attrs })].flat()) backend.disposeData(dataId);
  };
  call();
  const start = performance.now();
  call();
  const calls = Math.max(1, Math.ceil(100 / (performance.now() - start)));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) call();
    best = Math.min(best, (performance.now() - begin) / calls);
  }
  return best;
}

function compare(title, kernelName, operations, inputs, attrs = {}) {
  const ours = time(registeredKernel(kernelName), inputs, attrs);
  const tfjs = time(originalKernel(kernelName), inputs, attrs);
  const rate = milliseconds => (operations / milliseconds / 1e6).toFixed(2).padStart(7);
  console.log(
    `${title.padEnd(46)} ${ours.toFixed(3).padStart(9)} ms ${tfjs.toFixed(3).padStart(10)} ms ${rate(ours)} ${rate(tfjs)} ${(tfjs / ours).toFixed(1).padStart(7)}×`,
  );
}

console.log(`${os.cpus()[0]?.model}, ${os.cpus().length} cores, one used; Node ${process.version}`);
console.log(
  `${''.padEnd(46)} ${'ours'.padStart(12)} ${'tfjs'.padStart(13)} ${'GFLOP/s'.padStart(7)} ${'tfjs'.padStart(7)} ${'ratio'.padStart(8)}`,
);

for (const [m, k, n] of [
  [32, 1960, 100],
  [256, 256, 256],
  [1024, 1024, 1024],
]) {
  for (const [transposeA, transposeB] of [
    [false, false],
    [false, true],
    [true, false],
  ]) {
    const a = ones(transposeA ? [1, k, m] : [1, m, k]);
    const b = ones(transposeB ? [1, n, k] : [1, k, n]);
    const title = `${m}×${k}${transposeA ? ' (transposed)' : ''} by ${k}×${n}${transposeB ? ' (transposed)' : ''}`;
    compare(title, 'BatchMatMul', 2 * m * k * n, { a, b }, { transposeA, transposeB });
  }
}

for (const [batch, size, inChannels, outChannels] of [
  [32, 28, 1, 10],
  [32, 14, 32, 64],
]) {
  const x = ones([batch, size, size, inChannels]);
  const filter = ones([3, 3, inChannels, outChannels]);
  const dy = ones([batch, size, size, outChannels]);
  const attrs = { strides: 1, pad: 'same', dilations: 1, dataFormat: 'NHWC', inputShape: x.shape, filterShape: filter.shape };
  const operations = 2 * dy.size * 9 * inChannels;
  const title = `3×3 convolution of ${batch}×${size}×${size}×${inChannels} to ${outChannels}`;
  compare(title, 'Conv2D', operations, { x, filter }, attrs);
  compare('  gradient of the input', 'Conv2DBackpropInput', operations, { dy, filter }, attrs);
  compare('  gradient of the filter', 'Conv2DBackpropFilter', operations, { x, dy }, attrs);
}

const image = ones([32, 28, 28, 10]);
const pooled = ones([32, 14, 14, 10]);
const pool = { filterSize: 2, strides: 2, pad: 'same' };
compare('2×2 max pooling of 32×28×28×10', 'MaxPool', image.size, { x: image }, pool);
compare('  its gradient', 'MaxPoolGrad', image.size, { dy: pooled, input: image, output: pooled }, pool);
compare('sum of 32×28×28×10 over all but channels', 'Sum', image.size, { x: image }, { axis: [0, 1, 2], keepDims: false });
compare('adding a bias to it', 'Add', image.size, { a: image, b: ones([10]) });
compare('its relu', 'Relu', image.size, { x: image });

const ids = ones([3200], 'int32');
compare(
  '3,200 rows of 32 of an embedding of 1,000',
  'GatherV2',
  3200 * 32,
  { x: ones([1000, 32]), indices: ids },
  { axis: 0, batchDims: 0 },
);
compare('  its gradient', 'UnsortedSegmentSum', 3200 * 32, { x: ones([3200, 32]), segmentIds: ids }, { numSegments: 1000 });
