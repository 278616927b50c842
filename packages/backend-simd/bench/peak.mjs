// What the processor can do at the most: twelve independent relaxed multiply-adds over and over, on one thread.
import { compileString } from 'assemblyscript/asc';

const SUMS = Array.from({ length: 12 }, (_, i) => `sum${i}`);
const { binary, error, stderr } = await compileString(
  `export function run(count: i32, factor: f32, term: f32): v128 {
    const x = f32x4.splat(factor);
    const y = f32x4.splat(term);
    ${SUMS.map((sum, i) => `let ${sum} = f32x4.splat(${i}.5);`).join('\n')}
    for (let i = 0; i < count; i++) {
      ${[...SUMS, ...SUMS].map(sum => `${sum} = f32x4.relaxed_madd(${sum}, x, y);`).join('\n')}
    }
    return ${SUMS.reduce((all, sum) => `f32x4.add(${all}, ${sum})`)};
  }
  export function peak(count: i32, factor: f32, term: f32): f32 { return f32x4.extract_lane(run(count, factor, term), 0); }`.replace(
    'export function run',
    'function run',
  ),
  { optimizeLevel: 3, runtime: 'stub', enable: ['simd', 'relaxed-simd'] },
);
if (error) throw new Error(stderr.toString());
const { peak: run } = new WebAssembly.Instance(new WebAssembly.Module(binary), {}).exports;
const COUNT = 40000;

/** GFLOP/s: the best of some runs of 100 to 200 µs. */
export function peak() {
  let best = Infinity;
  for (let i = 0; i < 40; i++) {
    const begin = performance.now();
    run(COUNT, 0.9999, 0.0001);
    best = Math.min(best, performance.now() - begin);
  }
  return (COUNT * SUMS.length * 2 * 8) / best / 1e6;
}
