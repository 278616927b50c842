import { gateSigmoid, gateTanh } from '../math/gate';

// The activations by number; src/recurrent/arguments.ts has the same.
const RELU: i32 = 1;
// @ts-ignore: decorator
@inline
export const TANH: i32 = 2;
// @ts-ignore: decorator
@inline
export const SIGMOID: i32 = 3;
const HARD_SIGMOID: i32 = 4;

/**
 * Writes the activation of `bytes` of numbers, a multiple of 16; up to 48 bytes beyond may change. `from` and `to` are the same, or apart.
 */
export function activate(kind: i32, from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  if (kind == TANH) {
    for (; from < end; from += 64, to += 64) {
      const a = gateTanh(v128.load(from));
      const b = gateTanh(v128.load(from, 16));
      const c = gateTanh(v128.load(from, 32));
      const d = gateTanh(v128.load(from, 48));
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
  } else if (kind == SIGMOID) {
    for (; from < end; from += 64, to += 64) {
      const a = gateSigmoid(v128.load(from));
      const b = gateSigmoid(v128.load(from, 16));
      const c = gateSigmoid(v128.load(from, 32));
      const d = gateSigmoid(v128.load(from, 48));
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
  } else if (kind == RELU) {
    for (; from < end; from += 16, to += 16) v128.store(to, f32x4.max(v128.load(from), f32x4.splat(0)));
  } else if (kind == HARD_SIGMOID) {
    for (; from < end; from += 16, to += 16) {
      const line = f32x4.div(f32x4.add(v128.load(from), f32x4.splat(3)), f32x4.splat(6));
      v128.store(to, f32x4.min(f32x4.max(line, f32x4.splat(0)), f32x4.splat(1)));
    }
  } else if (from != to) {
    for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  }
}

/** dy times the derivative of tanh, of which y is the value. */
// @ts-ignore: decorator
@inline
export function timesTanhDerivative(y: v128, dy: v128): v128 {
  return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
}

/** dy times the derivative of sigmoid, of which y is the value. */
// @ts-ignore: decorator
@inline
export function timesSigmoidDerivative(y: v128, dy: v128): v128 {
  return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(f32x4.splat(1), y)));
}

/** dy times the derivative of the activation that gave y. */
// @ts-ignore: decorator
@inline
export function timesDerivative(kind: i32, y: v128, dy: v128): v128 {
  if (kind == TANH) return timesTanhDerivative(y, dy);
  if (kind == SIGMOID) return timesSigmoidDerivative(y, dy);
  if (kind == RELU) return f32x4.mul(dy, v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1)));
  if (kind == HARD_SIGMOID) {
    const inside = v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, f32x4.splat(1)));
    return f32x4.mul(dy, v128.and(inside, f32x4.splat(1.0 / 6.0)));
  }
  return dy;
}

/** What {@link timesStateDerivative} and {@link timesGateDerivative} take for the usual activation, tanh or sigmoid: a type, because code for it alone is made only so. */
export type Usual = i32;
/** Any other activation. */
export type Other = f32;

/** {@link timesDerivative} of an activation of the cell or its state: tanh, unless it is `Other`. */
// @ts-ignore: decorator
@inline
export function timesStateDerivative<Kind>(kind: i32, y: v128, dy: v128): v128 {
  if (isInteger<Kind>()) return timesTanhDerivative(y, dy);
  else return timesDerivative(kind, y, dy);
}

/** {@link timesDerivative} of an activation of a gate: sigmoid, unless it is `Other`. */
// @ts-ignore: decorator
@inline
export function timesGateDerivative<Kind>(kind: i32, y: v128, dy: v128): v128 {
  if (isInteger<Kind>()) return timesSigmoidDerivative(y, dy);
  else return timesDerivative(kind, y, dy);
}
