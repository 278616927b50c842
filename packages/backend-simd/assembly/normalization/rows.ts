import { intAt, pointerAt } from '../job';
import { loadSome, storeSome } from '../reduction/lanes';
import { multiplyAdd, sumOfLanes } from '../vector';

/**
 * Each row to mean 0 and variance 1, times gamma, plus beta. Arguments: x, gamma, beta, to, mean [rows], inverse [rows] of √(variance +
 * epsilon), rows, columns, rows of a chunk, epsilon.
 */
export function normalizeRowsF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 7);
  const perChunk = intAt(job, 8);
  const epsilon = <f32>load<f64>(job + 72);
  const end = min((chunk + 1) * perChunk, intAt(job, 6));
  const gamma = pointerAt(job, 1);
  const beta = pointerAt(job, 2);
  const zero = f32x4.splat(0);
  const share = <f32>1 / <f32>columns;
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const x = pointerAt(job, 0) + offset;
    const to = pointerAt(job, 3) + offset;
    let a = zero;
    let b = zero;
    let at: usize = 0;
    let left = columns;
    for (; left >= 8; left -= 8) {
      a = f32x4.add(a, v128.load(x + at));
      b = f32x4.add(b, v128.load(x + at, 16));
      at += 32;
    }
    for (; left > 0; left -= 4) {
      a = f32x4.add(a, loadSome(x + at, left, zero));
      at += 16;
    }
    const mean = sumOfLanes(f32x4.add(a, b)) * share;
    const center = f32x4.splat(mean);
    a = zero;
    b = zero;
    at = 0;
    left = columns;
    for (; left >= 8; left -= 8) {
      const v = f32x4.sub(v128.load(x + at), center);
      const w = f32x4.sub(v128.load(x + at, 16), center);
      a = multiplyAdd(v, v, a);
      b = multiplyAdd(w, w, b);
      at += 32;
    }
    for (; left > 0; left -= 4) {
      const v = f32x4.sub(loadSome(x + at, left, center), center);
      a = multiplyAdd(v, v, a);
      at += 16;
    }
    const inverse: f32 = 1 / sqrt<f32>(sumOfLanes(f32x4.add(a, b)) * share + epsilon);
    const factor = f32x4.splat(inverse);
    at = 0;
    for (left = columns; left > 0; left -= 4) {
      const normal = f32x4.mul(f32x4.sub(loadSome(x + at, left, center), center), factor);
      storeSome(to + at, multiplyAdd(normal, loadSome(gamma + at, left, zero), loadSome(beta + at, left, zero)), left);
      at += 16;
    }
    store<f32>(pointerAt(job, 4) + (<usize>row << 2), mean);
    store<f32>(pointerAt(job, 5) + (<usize>row << 2), inverse);
  }
}

/**
 * The gradient of {@link normalizeRowsF32}. Arguments: x, dy, gamma, mean, inverse, to, parts [2, chunks, columns] of dGamma and dBeta,
 * rows, columns, rows of a chunk.
 */
export function rowsGradientF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 7);
  const columns = intAt(job, 8);
  const perChunk = intAt(job, 9);
  const chunks = (rows + perChunk - 1) / perChunk;
  const end = min((chunk + 1) * perChunk, rows);
  const zero = f32x4.splat(0);
  const share = <f32>1 / <f32>columns;
  const stride = <usize>columns << 2;
  const gamma = pointerAt(job, 2);
  const dGamma = pointerAt(job, 6) + <usize>chunk * stride;
  const dBeta = dGamma + <usize>chunks * stride;
  memory.fill(dGamma, 0, stride);
  memory.fill(dBeta, 0, stride);
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>row * stride;
    const x = pointerAt(job, 0) + offset;
    const dy = pointerAt(job, 1) + offset;
    const to = pointerAt(job, 5) + offset;
    const mean = f32x4.splat(load<f32>(pointerAt(job, 3) + (<usize>row << 2)));
    const inverse = f32x4.splat(load<f32>(pointerAt(job, 4) + (<usize>row << 2)));
    let sum = zero;
    let product = zero;
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      const d = loadSome(dy + at, left, zero);
      const normal = f32x4.mul(f32x4.sub(loadSome(x + at, left, mean), mean), inverse);
      const scaled = f32x4.mul(d, loadSome(gamma + at, left, zero));
      sum = f32x4.add(sum, scaled);
      product = multiplyAdd(scaled, normal, product);
      storeSome(dGamma + at, multiplyAdd(d, normal, loadSome(dGamma + at, left, zero)), left);
      storeSome(dBeta + at, f32x4.add(d, loadSome(dBeta + at, left, zero)), left);
      at += 16;
    }
    const shift = f32x4.splat(sumOfLanes(sum) * share);
    const slope = f32x4.splat(-sumOfLanes(product) * share);
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      const normal = f32x4.mul(f32x4.sub(loadSome(x + at, left, mean), mean), inverse);
      const scaled = f32x4.mul(loadSome(dy + at, left, zero), loadSome(gamma + at, left, zero));
      storeSome(to + at, f32x4.mul(multiplyAdd(normal, slope, f32x4.sub(scaled, shift)), inverse), left);
      at += 16;
    }
  }
}
