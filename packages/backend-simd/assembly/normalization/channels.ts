import { intAt, pointerAt } from '../job';
import { loadSome, storeSome } from '../reduction/lanes';
import { multiplyAdd } from '../vector';

// x is [rows, channels]. Statistics of a channel are taken over the rows, in blocks that stay in the first cache, so that the mean is
// known when deviations from it are squared and memory is still read once.

/** Σ over rows of x, or of (x − mean)², of up to four channels. */
// @ts-ignore: decorator
@inline
function columnSum(squares: bool, x: usize, mean: v128, rows: i32, stride: usize, lanes: i32): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let row = 0;
  if (lanes == 4) {
    for (; row <= rows - 4; row += 4) {
      let v0 = v128.load(x);
      let v1 = v128.load(x + stride);
      let v2 = v128.load(x + 2 * stride);
      let v3 = v128.load(x + 3 * stride);
      if (squares) {
        v0 = f32x4.sub(v0, mean);
        v1 = f32x4.sub(v1, mean);
        v2 = f32x4.sub(v2, mean);
        v3 = f32x4.sub(v3, mean);
        a = multiplyAdd(v0, v0, a);
        b = multiplyAdd(v1, v1, b);
        c = multiplyAdd(v2, v2, c);
        d = multiplyAdd(v3, v3, d);
      } else {
        a = f32x4.add(a, v0);
        b = f32x4.add(b, v1);
        c = f32x4.add(c, v2);
        d = f32x4.add(d, v3);
      }
      x += 4 * stride;
    }
  }
  for (; row < rows; row++) {
    const v = squares ? f32x4.sub(loadSome(x, lanes, mean), mean) : loadSome(x, lanes, mean);
    a = squares ? multiplyAdd(v, v, a) : f32x4.add(a, v);
    x += stride;
  }
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/**
 * Mean and Σ (x − mean)² of each channel over each block of rows. Arguments: x, parts [2, blocks, channels], rows, channels, rows of a
 * block. A chunk is a block.
 */
export function blockMomentsF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 2);
  const channels = intAt(job, 3);
  const block = intAt(job, 4);
  const blocks = (rows + block - 1) / block;
  const count = min(block, rows - chunk * block);
  const stride = <usize>channels << 2;
  const x = pointerAt(job, 0) + <usize>(chunk * block) * stride;
  const means = pointerAt(job, 1) + <usize>chunk * stride;
  const squares = means + <usize>blocks * stride;
  const share = f32x4.splat(<f32>1 / <f32>count);
  for (let channel = 0; channel < channels; channel += 4) {
    const at = <usize>channel << 2;
    const lanes = min(4, channels - channel);
    const mean = f32x4.mul(columnSum(false, x + at, f32x4.splat(0), count, stride, lanes), share);
    storeSome(means + at, mean, lanes);
    storeSome(squares + at, columnSum(true, x + at, mean, count, stride, lanes), lanes);
  }
}

/**
 * Mean and variance of each channel, of those of blocks. Arguments: parts [2, blocks, channels], mean, variance, rows, channels, rows of a
 * block. One chunk.
 */
export function joinMomentsF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 3);
  const channels = intAt(job, 4);
  const block = intAt(job, 5);
  const blocks = (rows + block - 1) / block;
  const stride = <usize>channels << 2;
  const apart = <usize>blocks * stride;
  for (let channel = 0; channel < channels; channel += 4) {
    const at = <usize>channel << 2;
    const lanes = min(4, channels - channel);
    let from = pointerAt(job, 0) + at;
    let mean = loadSome(from, lanes, f32x4.splat(0));
    let squares = loadSome(from + apart, lanes, f32x4.splat(0));
    let seen = min(block, rows);
    for (let b = 1; b < blocks; b++) {
      from += stride;
      // Chan, Golub and LeVeque: two groups' squares, and that of the distance of their means.
      const count = min(block, rows - seen);
      const share = <f32>count / <f32>(seen + count);
      const distance = f32x4.sub(loadSome(from, lanes, mean), mean);
      squares = f32x4.add(squares, loadSome(from + apart, lanes, squares));
      squares = multiplyAdd(f32x4.mul(distance, distance), f32x4.splat(<f32>seen * share), squares);
      mean = multiplyAdd(distance, f32x4.splat(share), mean);
      seen += count;
    }
    storeSome(pointerAt(job, 1) + at, mean, lanes);
    storeSome(pointerAt(job, 2) + at, f32x4.div(squares, f32x4.splat(<f32>rows)), lanes);
  }
}

/** gamma / √(variance + epsilon), of up to four channels; gamma is 1 where it is not there. */
// @ts-ignore: decorator
@inline
function factorOf(gamma: usize, variance: usize, at: usize, epsilon: f32, lanes: i32): v128 {
  const one = f32x4.splat(1);
  const g = gamma == 0 ? one : loadSome(gamma + at, lanes, one);
  return f32x4.div(g, f32x4.sqrt(f32x4.add(loadSome(variance + at, lanes, one), f32x4.splat(epsilon))));
}

/**
 * (x − mean) · gamma / √(variance + epsilon) + beta. Arguments: x, mean, variance, gamma or 0, beta or 0, to, rows, channels, rows of a
 * chunk, epsilon.
 */
export function normalizeChannelsF32(job: usize, chunk: i32, thread: i32): void {
  const channels = intAt(job, 7);
  const block = intAt(job, 8);
  const count = min(block, intAt(job, 6) - chunk * block);
  const epsilon = <f32>load<f64>(job + 72);
  const stride = <usize>channels << 2;
  const offset = <usize>(chunk * block) * stride;
  const zero = f32x4.splat(0);
  for (let channel = 0; channel < channels; channel += 4) {
    const at = <usize>channel << 2;
    const lanes = min(4, channels - channel);
    const factor = factorOf(pointerAt(job, 3), pointerAt(job, 2), at, epsilon, lanes);
    const mean = loadSome(pointerAt(job, 1) + at, lanes, zero);
    const beta = pointerAt(job, 4) == 0 ? zero : loadSome(pointerAt(job, 4) + at, lanes, zero);
    let x = pointerAt(job, 0) + offset + at;
    let to = pointerAt(job, 5) + offset + at;
    if (lanes == 4) {
      for (let row = 0; row < count; row++) {
        v128.store(to, multiplyAdd(f32x4.sub(v128.load(x), mean), factor, beta));
        x += stride;
        to += stride;
      }
    } else {
      for (let row = 0; row < count; row++) {
        storeSome(to, multiplyAdd(f32x4.sub(loadSome(x, lanes, mean), mean), factor, beta), lanes);
        x += stride;
        to += stride;
      }
    }
  }
}

/**
 * Σ dy and Σ dy · (x − mean) of each channel over each block of rows. Arguments: x, dy, mean, parts [2, blocks, channels], rows, channels,
 * rows of a block. A chunk is a block.
 */
export function blockGradientsF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 4);
  const channels = intAt(job, 5);
  const block = intAt(job, 6);
  const blocks = (rows + block - 1) / block;
  const count = min(block, rows - chunk * block);
  const stride = <usize>channels << 2;
  const offset = <usize>(chunk * block) * stride;
  const zero = f32x4.splat(0);
  for (let channel = 0; channel < channels; channel += 4) {
    const at = <usize>channel << 2;
    const lanes = min(4, channels - channel);
    const mean = loadSome(pointerAt(job, 2) + at, lanes, zero);
    let x = pointerAt(job, 0) + offset + at;
    let dy = pointerAt(job, 1) + offset + at;
    let sum = zero;
    let sum2 = zero;
    let product = zero;
    let product2 = zero;
    let row = 0;
    if (lanes == 4) {
      for (; row <= count - 2; row += 2) {
        const d = v128.load(dy);
        const d2 = v128.load(dy + stride);
        sum = f32x4.add(sum, d);
        sum2 = f32x4.add(sum2, d2);
        product = multiplyAdd(d, f32x4.sub(v128.load(x), mean), product);
        product2 = multiplyAdd(d2, f32x4.sub(v128.load(x + stride), mean), product2);
        x += 2 * stride;
        dy += 2 * stride;
      }
    }
    for (; row < count; row++) {
      const d = loadSome(dy, lanes, zero);
      sum = f32x4.add(sum, d);
      product = multiplyAdd(d, f32x4.sub(loadSome(x, lanes, mean), mean), product);
      x += stride;
      dy += stride;
    }
    const to = pointerAt(job, 3) + <usize>chunk * stride + at;
    storeSome(to, f32x4.add(sum, sum2), lanes);
    storeSome(to + <usize>blocks * stride, f32x4.add(product, product2), lanes);
  }
}

/**
 * The gradient by x: γ/σ · (dy − Σdy/n − (x − mean)/σ² · Σ dy·(x − mean)/n), where σ² = variance + epsilon. Arguments: x, dy, mean, variance,
 * gamma, Σ dy, Σ dy·(x − mean), to, rows, channels, rows of a chunk, epsilon.
 */
export function channelsGradientF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 8);
  const channels = intAt(job, 9);
  const block = intAt(job, 10);
  const count = min(block, rows - chunk * block);
  const epsilon = <f32>load<f64>(job + 88);
  const stride = <usize>channels << 2;
  const offset = <usize>(chunk * block) * stride;
  const share = f32x4.splat(<f32>1 / <f32>rows);
  const zero = f32x4.splat(0);
  for (let channel = 0; channel < channels; channel += 4) {
    const at = <usize>channel << 2;
    const lanes = min(4, channels - channel);
    const factor = factorOf(pointerAt(job, 4), pointerAt(job, 3), at, epsilon, lanes);
    const mean = loadSome(pointerAt(job, 2) + at, lanes, zero);
    const spread = f32x4.add(loadSome(pointerAt(job, 3) + at, lanes, f32x4.splat(1)), f32x4.splat(epsilon));
    const shift = f32x4.mul(loadSome(pointerAt(job, 5) + at, lanes, zero), share);
    const slope = f32x4.neg(f32x4.div(f32x4.mul(loadSome(pointerAt(job, 6) + at, lanes, zero), share), spread));
    let x = pointerAt(job, 0) + offset + at;
    let dy = pointerAt(job, 1) + offset + at;
    let to = pointerAt(job, 7) + offset + at;
    for (let row = 0; row < count; row++) {
      const centered = f32x4.sub(loadSome(x, lanes, mean), mean);
      const rest = f32x4.sub(loadSome(dy, lanes, shift), shift);
      storeSome(to, f32x4.mul(factor, multiplyAdd(centered, slope, rest)), lanes);
      x += stride;
      dy += stride;
      to += stride;
    }
  }
}

/** values ← values / √(variance + epsilon). Arguments: values, variance, channels, epsilon. One chunk. */
export function overDeviationF32(job: usize, chunk: i32, thread: i32): void {
  const epsilon = <f32>load<f64>(job + 24);
  const one = f32x4.splat(1);
  let values = pointerAt(job, 0);
  let variance = pointerAt(job, 1);
  for (let left = intAt(job, 2); left > 0; left -= 4) {
    const deviation = f32x4.sqrt(f32x4.add(loadSome(variance, left, one), f32x4.splat(epsilon)));
    storeSome(values, f32x4.div(loadSome(values, left, one), deviation), left);
    values += 16;
    variance += 16;
  }
}
