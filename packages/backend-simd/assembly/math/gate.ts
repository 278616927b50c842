// tanh and sigmoid for recurrent cells, of four float32 at once: tanh to 4e-7, relative to the value, sigmoid to 2e-7. Those made of exp are
// more exact (exp.ts), but a long chain of instructions that wait for each other: 14 cycles for four numbers on Zen 4, where these take 8.
import * as constant from './constants';
import { splat } from './constants';
import { multiplyAdd } from '../vector';

/**
 * tanh x = x·P(x²) / Q(x²), of fourth degree both, for |x| up to 8.9, from where on it is 1: the minimax approximation of the relative error,
 * which is 2e-8 before rounding (build/rational.mjs).
 */
// @ts-ignore: decorator
@inline
export function gateTanh(x: v128): v128 {
  // Of these two NaN comes through.
  const bounded = f32x4.pmax(f32x4.pmin(x, splat(constant.GATE_LIMIT)), splat(constant.GATE_LOWEST));
  const square = f32x4.mul(bounded, bounded);
  let p = multiplyAdd(square, splat(constant.GATE_P4), splat(constant.GATE_P3));
  let q = multiplyAdd(square, splat(constant.GATE_Q4), splat(constant.GATE_Q3));
  p = multiplyAdd(p, square, splat(constant.GATE_P2));
  q = multiplyAdd(q, square, splat(constant.GATE_Q2));
  p = multiplyAdd(p, square, splat(constant.GATE_P1));
  q = multiplyAdd(q, square, splat(constant.GATE_Q1));
  p = multiplyAdd(p, square, splat(constant.ONE));
  q = multiplyAdd(q, square, splat(constant.ONE));
  const y = f32x4.div(f32x4.mul(bounded, p), q);
  return f32x4.pmax(f32x4.pmin(y, splat(constant.ONE)), splat(constant.MINUS_ONE));
}

/** 1 / (1 + e⁻ˣ) = ½ + ½ tanh(½ x). */
// @ts-ignore: decorator
@inline
export function gateSigmoid(x: v128): v128 {
  const half = splat(constant.HALF);
  return multiplyAdd(gateTanh(f32x4.mul(x, half)), half, half);
}
