// What benchmarks of single ops share: the same calls on simd, with one thread and with all, and on cpu as @jogak/ops has it, in turns
// within one run.
import { performance } from 'node:perf_hooks';
import * as ops from '@jogak/ops';
import { configureSimd, ready, simdStatus } from '../dist/index.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** Best µs of a call, over about 20 ms. */
function time(run) {
  const once = () => {
    ops.tidy(() => void run());
    // Kernels of simd may run on when the op has returned.
    ops.backend().finish?.();
  };
  once();
  const begin = performance.now();
  let best = Infinity;
  for (let calls = 0; calls < 3 || (performance.now() - begin < 20 && calls < 2000); calls++) {
    const start = performance.now();
    once();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1000;
}

/**
 * Prints the best µs of every case, the ratio, and the bytes read and written a second. The first argument of the program, if there is one,
 * is part of the names of the cases that are wanted.
 *
 * @param {() => [name: string, megabytes: number, run: () => unknown][]} cases makes the cases, on the backend in use.
 */
export async function compareWithCpu(cases) {
  const wanted = () => cases().filter(([name]) => name.includes(process.argv[2] ?? ''));
  const best = new Map();
  const measure = label => {
    ops.engine().startScope();
    for (const [name, , run] of wanted()) {
      const row = best.get(name) ?? best.set(name, {}).get(name);
      row[label] = Math.min(row[label] ?? Infinity, time(run));
    }
    ops.engine().endScope();
  };

  const processors = simdStatus().threads;
  for (let round = 0; round < ROUNDS; round++) {
    ops.setBackend('cpu');
    measure('cpu');
    for (const threads of new Set([1, processors])) {
      configureSimd({ threads });
      ops.setBackend('simd');
      await ready();
      measure(`simd ${threads}`);
    }
  }
  ops.setBackend('simd');
  const megabytes = new Map(wanted().map(([name, size]) => [name, size]));
  console.log(`best of ${ROUNDS} rounds, µs; kernels: ${simdStatus().kernels}; ${processors} threads`);
  for (const [name, row] of best) {
    const one = row['simd 1'];
    const all = row[`simd ${processors}`];
    const bandwidth = megabytes.get(name) ? `${((megabytes.get(name) * 1000) / Math.min(one, all)).toFixed(1)} GB/s` : '';
    const ratio = `${(row.cpu / Math.min(one, all)).toFixed(1)}×`;
    console.log(
      name.padEnd(40),
      ...[row.cpu, one, all].map(value => value.toFixed(1).padStart(10)),
      ratio.padStart(9),
      bandwidth.padStart(12),
    );
  }
}
