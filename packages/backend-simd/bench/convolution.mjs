// Pooling and convolution, forward and backward: `node bench/convolution.mjs [part of a name]`, after the build.
// Compares simd (1 thread, all threads) with cpu, as @jogak/ops has it, in turns within one run; prints the best of the rounds in µs, and
// GFLOP/s (padding not taken off) or GB/s on one thread. A matrix product stands beside the convolutions, as their measure.
// ROUNDS=N for more rounds, CPU=0 without cpu.
import { performance } from 'node:perf_hooks';
import '@jogak/ops';
import * as tf from '@tensorflow/tfjs-core';
import { configureSimd, ready, simdStatus } from '../dist/index.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const only = process.argv[2] ?? '';

/** name, input [batch, height, width, channels], window, stride. */
const pools = [
  ['recipe', [32, 28, 28, 10], 2, 2],
  ['lenet', [32, 28, 28, 6], 2, 2],
  ['vgg', [8, 56, 56, 128], 2, 2],
  ['resnet-stem', [4, 112, 112, 64], 3, 2],
];

/** name, input, window, channels of the output, stride; all with padding 'same' but for LeNet's. */
const convolutions = [
  ['recipe', [32, 28, 28, 1], 3, 10, 1],
  ['lenet-1', [32, 28, 28, 1], 5, 6, 1],
  ['lenet-2', [32, 14, 14, 6], 5, 16, 1],
  ['vgg-1', [4, 112, 112, 3], 3, 64, 1],
  ['vgg-2', [2, 56, 56, 128], 3, 128, 1],
  ['vgg-5', [4, 14, 14, 512], 3, 512, 1],
  ['resnet20-1', [32, 32, 32, 16], 3, 16, 1],
  ['resnet20-2', [32, 16, 16, 32], 3, 32, 1],
  ['resnet20-3', [32, 8, 8, 64], 3, 64, 1],
  ['resnet20-down', [32, 32, 32, 16], 3, 32, 2],
  ['resnet50-stem', [2, 224, 224, 3], 7, 64, 2],
  ['resnet50-1x1', [4, 28, 28, 512], 1, 128, 1],
  ['resnet50-5', [4, 7, 7, 512], 3, 512, 1],
];

/** name, input, window, stride; with a filter for each channel. */
const depthwise = [
  ['mobilenet-2', [2, 56, 56, 128], 3, 1],
  ['mobilenet-down', [2, 56, 56, 128], 3, 2],
];

const attrsOf = (window, stride, pad) => ({ filterSize: [window, window], strides: [stride, stride], pad });

function poolCases() {
  return pools.flatMap(([name, shape, window, stride]) => {
    const attrs = attrsOf(window, stride, window === 2 ? 'valid' : 'same');
    const x = tf.randomUniform(shape, -1, 1);
    const y = run('MaxPool', { x }, attrs);
    const dy = tf.randomUniform(y.shape, -1, 1);
    const bytes = 4 * (x.size + y.size);
    return [
      [`max pool ${name}`, () => ['MaxPool', { x }, attrs], { bytes }],
      [`max pool gradient ${name}`, () => ['MaxPoolGrad', { dy, input: x, output: y }, attrs], { bytes: bytes + 4 * x.size }],
      [`average pool ${name}`, () => ['AvgPool', { x }, attrs], { bytes }],
      [`average pool gradient ${name}`, () => ['AvgPoolGrad', { dy, input: x }, attrs], { bytes }],
    ];
  });
}

function convolutionCases() {
  return convolutions.flatMap(([name, shape, window, channels, stride]) => {
    const attrs = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
    const x = tf.randomUniform(shape, -1, 1);
    const filter = tf.randomUniform([window, window, shape[3], channels], -1, 1);
    const y = [shape[0], Math.ceil(shape[1] / stride), Math.ceil(shape[2] / stride), channels];
    const dy = tf.randomUniform(y, -1, 1);
    const flops = 2 * dy.size * window * window * shape[3];
    const bias = tf.randomUniform([channels], -1, 1);
    const value = tf.relu(tf.randomUniform(y, -1, 1));
    const fused = { strides: attrs.strides, pad: 'same', activation: 'relu' };
    return [
      [`conv relu ${name}`, () => ['FusedConv2D', { x, filter, bias }, { ...attrs, activation: 'relu' }], { flops }],
      [
        `conv relu dw db ${name}`,
        () => ['JogakConvolveFilterGrad', { x, dy, y: value }, { ...fused, filterShape: filter.shape }],
        { flops },
      ],
      [`conv ${name}`, () => ['Conv2D', { x, filter }, attrs], { flops }],
      [`conv dx ${name}`, () => ['Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }], { flops }],
      [`conv dw ${name}`, () => ['Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }], { flops }],
    ];
  });
}

/** A matrix product, which convolutions are to be compared with. */
function productCases() {
  const a = tf.randomUniform([1, 512, 512], -1, 1);
  const call = () => ['BatchMatMul', { a, b: a }, { transposeA: false, transposeB: false }];
  return [['matrix product 512³ (conv)', call, { flops: 2 * 512 ** 3 }]];
}

function depthwiseCases() {
  return depthwise.flatMap(([name, shape, window, stride]) => {
    const attrs = { strides: [stride, stride], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
    const x = tf.randomUniform(shape, -1, 1);
    const filter = tf.randomUniform([window, window, shape[3], 1], -1, 1);
    const dy = tf.randomUniform([shape[0], Math.ceil(shape[1] / stride), Math.ceil(shape[2] / stride), shape[3]], -1, 1);
    const flops = 2 * dy.size * window * window;
    return [
      [`depthwise ${name}`, () => ['DepthwiseConv2dNative', { x, filter }, attrs], { flops }],
      [`depthwise dx ${name}`, () => ['DepthwiseConv2dNativeBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }], { flops }],
      [
        `depthwise dw ${name}`,
        () => ['DepthwiseConv2dNativeBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }],
        { flops },
      ],
    ];
  });
}

const run = (kernel, inputs, attrs) => tf.engine().runKernel(kernel, inputs, attrs);

/** Best time of one call in µs, over `budget` ms. */
function time(call, budget) {
  let best = Infinity;
  const end = performance.now() + budget;
  let calls = 1;
  while (performance.now() < end) {
    const begin = performance.now();
    for (let i = 0; i < calls; i++) {
      tf.dispose(run(...call));
    }
    // Kernels of simd may run on when the op has returned.
    tf.backend().finish?.();
    const each = ((performance.now() - begin) * 1000) / calls;
    best = Math.min(best, each);
    calls = Math.max(1, Math.min(1000, Math.round(2000 / each)));
  }
  return best;
}

async function measure(makeCases) {
  const results = new Map();
  for (const [column, backend, threads, budget] of [
    ['simd1', 'simd', 1, 60],
    ['simd', 'simd', undefined, 60],
    ...(process.env.CPU === '0' ? [] : [['cpu', 'cpu', undefined, 1]]),
  ]) {
    if (backend === 'simd') configureSimd(threads ? { threads } : {});
    tf.setBackend(backend);
    await tf.ready();
    if (backend === 'simd') await ready();
    tf.engine().startScope();
    for (const [name, call, work] of makeCases()) {
      if (!name.includes(only)) continue;
      const row = results.get(name) ?? { work };
      row[column] = Math.min(row[column] ?? Infinity, time(call(), budget));
      results.set(name, row);
    }
    tf.engine().endScope();
  }
  return results;
}

const total = new Map();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, row] of await measure(() => [...productCases(), ...poolCases(), ...convolutionCases(), ...depthwiseCases()])) {
    const best = total.get(name) ?? row;
    for (const column of ['simd1', 'simd', 'cpu']) best[column] = Math.min(best[column], row[column]);
    total.set(name, best);
  }
}
console.log(`${simdStatus().kernels} SIMD, ${simdStatus().threads} threads; best of ${ROUNDS} rounds`);
for (const [name, { work, simd1, simd, cpu }] of total) {
  const rate = work.flops ? `${(work.flops / simd1 / 1e3).toFixed(1)} GFLOP/s` : `${(work.bytes / simd1 / 1e3).toFixed(1)} GB/s`;
  console.log(
    `${name.padEnd(36)} 1 thread ${simd1.toFixed(1).padStart(9)} µs ${rate.padStart(14)}  all ${simd.toFixed(1).padStart(9)} µs (${(simd1 / simd).toFixed(2)}×)  cpu ${(cpu ?? NaN).toFixed(0).padStart(9)} µs (${(cpu / simd).toFixed(0)}×)`,
  );
}
process.exit(0);
