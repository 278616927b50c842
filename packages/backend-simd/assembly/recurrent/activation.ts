import { sigmoid, tanh } from '../math/exp';

// The activations by number; src/recurrent/arguments.ts has the same.
const RELU: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;
const HARD_SIGMOID: i32 = 4;

/** Puts the activation of each number in its place; `bytes` is a multiple of 16. */
export function activate(kind: i32, at: usize, bytes: usize): void {
  const end = at + bytes;
  if (kind == TANH) {
    for (; at < end; at += 64) {
      const a = tanh(v128.load(at));
      const b = tanh(v128.load(at, 16));
      const c = tanh(v128.load(at, 32));
      const d = tanh(v128.load(at, 48));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
    }
  } else if (kind == SIGMOID) {
    for (; at < end; at += 64) {
      const a = sigmoid(v128.load(at));
      const b = sigmoid(v128.load(at, 16));
      const c = sigmoid(v128.load(at, 32));
      const d = sigmoid(v128.load(at, 48));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
    }
  } else if (kind == RELU) {
    for (; at < end; at += 16) v128.store(at, f32x4.max(v128.load(at), f32x4.splat(0)));
  } else if (kind == HARD_SIGMOID) {
    for (; at < end; at += 16) {
      const line = f32x4.div(f32x4.add(v128.load(at), f32x4.splat(3)), f32x4.splat(6));
      v128.store(at, f32x4.min(f32x4.max(line, f32x4.splat(0)), f32x4.splat(1)));
    }
  }
}

/** dy times the derivative of the activation that gave y. */
// @ts-ignore: decorator
@inline
export function timesDerivative(kind: i32, y: v128, dy: v128): v128 {
  if (kind == TANH) return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
  if (kind == SIGMOID) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)));
  if (kind == RELU) return f32x4.mul(dy, v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1)));
  if (kind == HARD_SIGMOID) {
    const inside = v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, f32x4.splat(1)));
    return f32x4.mul(dy, v128.and(inside, f32x4.splat(1.0 / 6.0)));
  }
  return dy;
}
