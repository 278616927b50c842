import type { ReluInputs, StepAttrs } from '@tensorflow/tfjs-core';
import { type FastKernel, floatValues, output } from './kernel.js';

type Unary<Attributes = object> = FastKernel<ReluInputs, Attributes>;

/** An elementwise kernel of a `float32` tensor: `apply` writes to `out` what it makes of `x`, of the same length. */
function unary<Attributes = object>(apply: (x: Float32Array, out: Float32Array, attrs: Attributes) => void): Unary<Attributes> {
  return ({ inputs: { x }, attrs, backend }) => {
    const values = floatValues(backend, x);
    if (!values) return undefined;
    const out = new Float32Array(values.length);
    apply(values, out, attrs);
    return output(backend, out, x.shape);
  };
}

// The formulas of tfjs' kernels, each with a loop of its own: see binary.ts.

export const relu: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.max(0, x[i]!);
});

/** 1 where `x > 0`, `alpha` where not, NaN where NaN: what the gradients of relu and its like multiply by. */
export const step: Unary<StepAttrs> = unary((x, out, { alpha }) => {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! > 0 ? 1 : Number.isNaN(x[i]!) ? Number.NaN : alpha;
});

export const sigmoid: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-x[i]!));
});

export const tanh: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]!);
});

export const exp: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
});

export const square: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! * x[i]!;
});

export const sqrt: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]!);
});

export const negate: Unary = unary((x, out) => {
  for (let i = 0; i < out.length; i++) out[i] = -x[i]!;
});
