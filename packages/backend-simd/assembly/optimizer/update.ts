import { floatAt, intAt, pointerAt } from '../job';
import { multiplyAdd, negativeMultiplyAdd } from '../vector';

// The optimizer's update of all weights of a step, float32, in place. Arguments: table, number of weights, then those of the rule.
// The table has 8 float64 for every weight: addresses of weight, gradient and up to three slots; decay; length.
//
// Chunks are cut from the weights laid end to end, each rounded up to a cache line. A block of the allocator takes whole cache lines,
// so the last numbers of a line may be worked on whether they are a weight's or nobody's, and no loop has a remainder.

/** Elements in a chunk. */
const CHUNK: i32 = 8192;
/** Elements of a cache line, less 1. */
const LINE: i32 = 15;
/** Bytes of a row of the table. */
const ROW: usize = 64;

// The rules, as numbers that are known where the code is made: each kernel has the loop of its rule alone.
const SGD: i32 = 0;
const MOMENTUM: i32 = 1;
const ADAM: i32 = 2;
const RMSPROP: i32 = 3;
const ADAGRAD: i32 = 4;

/** w ← w − decay·w − η·g. Arguments of the rule: η. */
export function optimizerSgdF32(job: usize, chunk: i32, thread: i32): void {
  update(SGD, job, chunk);
}

/** m ← μ·m − η·g; w ← w − decay·w + m, or + μ·m − η·g. Arguments of the rule: η, μ, nesterov. */
export function optimizerMomentumF32(job: usize, chunk: i32, thread: i32): void {
  update(MOMENTUM, job, chunk);
}

/** m ← m + (1 − β₁)(g − m); v ← v + (1 − β₂)(g² − v); w ← w − decay·w − α·m / (√v + ε). Arguments of the rule: α, 1 − β₁, 1 − β₂, ε, amsgrad. */
export function optimizerAdamF32(job: usize, chunk: i32, thread: i32): void {
  update(ADAM, job, chunk);
}

/** v ← ρ·v + (1 − ρ)·g²; w ← w − decay·w − η·g / √(v + ε). Arguments of the rule: η, ρ, 1 − ρ, ε, μ, centered. */
export function optimizerRmspropF32(job: usize, chunk: i32, thread: i32): void {
  update(RMSPROP, job, chunk);
}

/** a ← a + g²; w ← w − decay·w − η·g / √(a + ε). Arguments of the rule: η, ε. */
export function optimizerAdagradF32(job: usize, chunk: i32, thread: i32): void {
  update(ADAGRAD, job, chunk);
}

/** Gives `rule` the parts of all weights that lie in the chunk. */
// @ts-ignore: decorator
@inline
function update(rule: i32, job: usize, chunk: i32): void {
  const rows = intAt(job, 1);
  const begin = chunk * CHUNK;
  const end = begin + CHUNK;
  let row = pointerAt(job, 0);
  let start = 0;
  for (let i = 0; i < rows && start < end; i++) {
    const stop = start + ((intAt(row, 6) + LINE) & ~LINE);
    if (stop > begin) {
      const offset = <usize>(max(begin, start) - start) << 2;
      const bytes = <usize>(min(end, stop) - max(begin, start)) << 2;
      const w = pointerAt(row, 0) + offset;
      const g = pointerAt(row, 1) + offset;
      const first = pointerAt(row, 2) + offset;
      const second = pointerAt(row, 3) + offset;
      const third = pointerAt(row, 4) + offset;
      const decay = f32x4.splat(floatAt(row, 5));
      if (rule == SGD) sgd(job, w, g, decay, bytes);
      else if (rule == MOMENTUM) momentum(job, w, g, first, decay, bytes);
      else if (rule == ADAM) {
        const alpha = floatAt(job, 2);
        const rest1 = floatAt(job, 3);
        const rest2 = floatAt(job, 4);
        const epsilon = floatAt(job, 5);
        if (intAt(job, 6) != 0) adam(1, w, g, first, second, third, decay, bytes, alpha, rest1, rest2, epsilon);
        else adamAlone(w, g, first, second, bytes, alpha, rest1, rest2, epsilon, floatAt(row, 5));
      }
      else if (rule == RMSPROP) rmsprop(job, w, g, first, second, third, decay, bytes);
      else adagrad(job, w, g, first, decay, bytes);
    }
    start = stop;
    row += ROW;
  }
}

// @ts-ignore: decorator
@inline
function sgd(job: usize, w: usize, g: usize, decay: v128, bytes: usize): void {
  const rate = f32x4.splat(floatAt(job, 2));
  for (let at: usize = 0; at < bytes; at += 16) {
    const old = v128.load(w + at);
    v128.store(w + at, negativeMultiplyAdd(rate, v128.load(g + at), negativeMultiplyAdd(decay, old, old)));
  }
}

// @ts-ignore: decorator
@inline
function momentum(job: usize, w: usize, g: usize, m: usize, decay: v128, bytes: usize): void {
  const rate = f32x4.splat(floatAt(job, 2));
  const mu = f32x4.splat(floatAt(job, 3));
  const nesterov = intAt(job, 4) != 0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const step = f32x4.mul(rate, v128.load(g + at));
    const velocity = f32x4.sub(f32x4.mul(mu, v128.load(m + at)), step);
    v128.store(m + at, velocity);
    const old = v128.load(w + at);
    const move = nesterov ? f32x4.sub(f32x4.mul(mu, velocity), step) : velocity;
    v128.store(w + at, f32x4.add(negativeMultiplyAdd(decay, old, old), move));
  }
}

/**
 * Adam without amsgrad. The module exports it, so that it is not made part of its caller: Binaryen moves the conversions of the rule's
 * numbers into the loop, and V8 leaves them there.
 */
export function adamAlone(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  bytes: usize,
  alpha: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  decay: f32,
): void {
  adam(0, w, g, m, v, 0, f32x4.splat(decay), bytes, alpha, rest1, rest2, epsilon);
}

// @ts-ignore: decorator
@inline
function adam(
  amsgrad: i32,
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  vHat: usize,
  decay: v128,
  bytes: usize,
  alpha: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    let first = v128.load(m + at);
    let second = v128.load(v + at);
    first = multiplyAdd(f32x4.sub(gradient, first), f32x4.splat(rest1), first);
    second = multiplyAdd(f32x4.sub(f32x4.mul(gradient, gradient), second), f32x4.splat(rest2), second);
    v128.store(m + at, first);
    v128.store(v + at, second);
    if (amsgrad) {
      second = f32x4.max(v128.load(vHat + at), second);
      v128.store(vHat + at, second);
    }
    const old = v128.load(w + at);
    const move = f32x4.div(f32x4.mul(f32x4.splat(alpha), first), f32x4.add(f32x4.sqrt(second), f32x4.splat(epsilon)));
    v128.store(w + at, f32x4.sub(negativeMultiplyAdd(decay, old, old), move));
  }
}

// @ts-ignore: decorator
@inline
function rmsprop(job: usize, w: usize, g: usize, v: usize, second: usize, third: usize, decay: v128, bytes: usize): void {
  const mu = floatAt(job, 6);
  if (intAt(job, 7) != 0) {
    rmspropCentered(job, w, g, v, second, mu == 0 ? second : third, <f64>f32x4.extract_lane(decay, 0), bytes);
    return;
  }
  const rate = f32x4.splat(floatAt(job, 2));
  const rho = f32x4.splat(floatAt(job, 3));
  const rest = f32x4.splat(floatAt(job, 4));
  const epsilon = f32x4.splat(floatAt(job, 5));
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    const variance = f32x4.add(f32x4.mul(rho, v128.load(v + at)), f32x4.mul(f32x4.mul(rest, gradient), gradient));
    v128.store(v + at, variance);
    let step = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(variance, epsilon)));
    if (mu != 0) {
      step = f32x4.add(f32x4.mul(f32x4.splat(mu), v128.load(second + at)), step);
      v128.store(second + at, step);
    }
    const old = v128.load(w + at);
    v128.store(w + at, f32x4.sub(negativeMultiplyAdd(decay, old, old), step));
  }
}

/** In double precision: v − a² is a small difference of numbers that are nearly equal where gradients hardly change. */
// @ts-ignore: decorator
@inline
function rmspropCentered(job: usize, w: usize, g: usize, v: usize, m: usize, a: usize, decay: f64, bytes: usize): void {
  const rate = load<f64>(job, 16);
  const rho = load<f64>(job, 24);
  const rest = load<f64>(job, 32);
  const epsilon = load<f64>(job, 40);
  const mu = load<f64>(job, 48);
  for (let at: usize = 0; at < bytes; at += 4) {
    const gradient = <f64>load<f32>(g + at);
    const square = rho * <f64>load<f32>(v + at) + rest * gradient * gradient;
    const average = rho * <f64>load<f32>(a + at) + rest * gradient;
    store<f32>(v + at, <f32>square);
    store<f32>(a + at, <f32>average);
    let step = (rate * gradient) / sqrt<f64>(max<f64>(square - average * average, 0) + epsilon);
    if (mu != 0) {
      step += mu * <f64>load<f32>(m + at);
      store<f32>(m + at, <f32>step);
    }
    const old = <f64>load<f32>(w + at);
    store<f32>(w + at, <f32>(old - decay * old - step));
  }
}

// @ts-ignore: decorator
@inline
function adagrad(job: usize, w: usize, g: usize, a: usize, decay: v128, bytes: usize): void {
  const rate = f32x4.splat(floatAt(job, 2));
  const epsilon = f32x4.splat(floatAt(job, 3));
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    const sum = multiplyAdd(gradient, gradient, v128.load(a + at));
    v128.store(a + at, sum);
    const old = v128.load(w + at);
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.sqrt(f32x4.add(sum, epsilon)));
    v128.store(w + at, f32x4.sub(negativeMultiplyAdd(decay, old, old), step));
  }
}
