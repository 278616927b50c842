// Matrix products: node bench/matmul.mjs [pattern of shapes] [rounds]. Needs a build. Every figure is the best of many short runs, which take
// turns, so that other load on the machine spoils them as little as may be.
import v8 from 'node:v8';

if (Number(process.versions.node.split('.')[0]) < 22) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
const { getKernel } = await import('@tensorflow/tfjs-core');
const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
await import('../dist/index.js');
const { SimdBackend } = await import('../dist/backend.js');
const { peak } = await import('./peak.mjs');

const ROUNDS = Number(process.argv[3] ?? 20);
const pattern = new RegExp(process.argv[2] ?? '');
const SHAPES = [
  // rows, depth, columns, transposeA, transposeB, what for
  [1024, 1024, 1024, false, false, ''],
  [1024, 1024, 1024, true, false, ''],
  [1024, 1024, 1024, false, true, ''],
  [1024, 1024, 1024, true, true, ''],
  [256, 256, 256, false, false, ''],
  [2000, 2000, 2000, false, false, ''],
  [64, 64, 64, false, false, ''],
  [32, 32, 32, false, false, ''],
  [33, 65, 31, false, false, ''],
  [32, 1960, 100, false, false, 'fashion-cnn dense 1'],
  [1960, 32, 100, true, false, 'its gradient, kernel'],
  [32, 100, 1960, false, true, 'its gradient, input'],
  [32, 100, 10, false, false, 'fashion-cnn dense 2'],
  [100, 32, 10, true, false, 'its gradient, kernel'],
  [32, 10, 100, false, true, 'its gradient, input'],
  [1, 1960, 100, false, false, 'fashion-cnn predict'],
  [1, 100, 1960, false, true, 'matrix · vector'],
  [1960, 100, 1, false, false, 'matrix · vector'],
  [100, 1960, 1, true, false, 'matrix · vector'],
  [32, 8, 1, false, false, 'imdb-lstm dense'],
  [8, 32, 1, true, false, 'its gradient, kernel'],
  [32, 1, 8, false, true, 'its gradient, input'],
  [3200, 32, 32, false, false, 'imdb-lstm inputs'],
  [25088, 9, 10, false, false, 'a convolution as a product'],
].filter(([rows, depth, columns, a, b, what]) => pattern.test(`${rows}×${depth}×${columns} ${a} ${b} ${what}`));

const make = (kernels, threads) => new SimdBackend({ kernels, threads, deterministic: false, maximumMemory: 2 ** 31 });
const cpu = new MathBackendCPU();
const programs = [
  { name: 'relaxed', backend: make('relaxed', 1), threads: 1 },
  { name: 'relaxed, 2 threads', backend: make('relaxed', 2), threads: 2 },
  { name: 'plain', backend: make('plain', 1), threads: 1 },
  { name: 'cpu', backend: cpu, threads: 1 },
];
await Promise.all(programs.map(({ backend }) => backend.ready?.()));

const random = length => Float32Array.from({ length }, () => Math.random() * 2 - 1);
const flops = ([rows, depth, columns]) => 2 * rows * depth * columns;

/** What to time: the kernel's own function, so that the engine's share is left out. */
function prepare(program, [rows, depth, columns, transposeA, transposeB]) {
  const { backend, name } = program;
  const { kernelFunc } = getKernel('BatchMatMul', name === 'cpu' ? 'cpu' : 'simd');
  const tensor = shape => ({ dataId: backend.write(random(shape[0] * shape[1]), shape, 'float32'), shape, dtype: 'float32' });
  const inputs = { a: tensor(transposeA ? [depth, rows] : [rows, depth]), b: tensor(transposeB ? [columns, depth] : [depth, columns]) };
  return () => backend.disposeData(kernelFunc({ inputs, backend, attrs: { transposeA, transposeB } }).dataId);
}

/** Milliseconds; of one thread the processor's time too, which other programs do not lengthen. */
const clock = threads => [performance.now(), threads === 1 ? process.cpuUsage() : undefined];
function elapsed([begin, usage]) {
  const wall = performance.now() - begin;
  const used = usage && process.cpuUsage(usage);
  // Its clock may tick coarsely.
  return used && wall > 5 ? Math.min(wall, (used.user + used.system) / 1e3) : wall;
}

const best = SHAPES.map(() => programs.map(() => Infinity));
let peakRate = 0;
const runs = SHAPES.map(shape =>
  programs.map(program => (program.name === 'cpu' && flops(shape) > 2e8 ? undefined : prepare(program, shape))),
);
for (let round = 0; round < ROUNDS; round++) {
  peakRate = Math.max(peakRate, peak());
  SHAPES.forEach((shape, i) => {
    const repeats = Math.max(1, Math.min(100, Math.round(1e6 / flops(shape))));
    programs.forEach((program, j) => {
      if (!runs[i][j] || (program.name === 'cpu' && round > 5)) return;
      const until = performance.now() + 12;
      do {
        const begin = clock(program.threads);
        for (let n = 0; n < repeats; n++) runs[i][j]();
        program.backend.finish?.();
        best[i][j] = Math.min(best[i][j], elapsed(begin, program.threads) / repeats);
      } while (performance.now() < until);
    });
  });
}
console.log(`peak of relaxed multiply-add on one thread: ${peakRate.toFixed(1)} GFLOP/s`);
SHAPES.forEach((shape, i) => {
  const [rows, depth, columns, transposeA, transposeB, what] = shape;
  const figures = programs.map(({ name, threads }, j) => {
    const rate = flops(shape) / best[i][j] / 1e6;
    return best[i][j] === Infinity
      ? ''
      : `${name} ${(best[i][j] * 1e3).toFixed(1)} µs, ${rate.toFixed(1)} GFLOP/s (${((rate / peakRate / threads) * 100).toFixed(0)} %)`;
  });
  console.log(
    `${rows}×${depth}×${columns}${transposeA ? ' Aᵀ' : ''}${transposeB ? ' Bᵀ' : ''} ${what}\n    ${figures.filter(Boolean).join('\n    ')}`,
  );
});
for (const { backend } of programs) backend.dispose();
