import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Passes `x` on as it is. */
export const linear = (x: Tensor): Tensor => x;

/** `eˣ`. */
export const exponential = (x: Tensor): Tensor => tf.exp(x);

/** Hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => tf.tanh(x);

/** `1 / (1 + e⁻ˣ)`. */
export const sigmoid = (x: Tensor): Tensor => tf.sigmoid(x);

/** `log(sigmoid(x))`, without the logarithm of 0. */
export const logSigmoid = (x: Tensor): Tensor => tf.logSigmoid(x);

/** `log(1 + eˣ)`. */
export const softplus = (x: Tensor): Tensor => tf.softplus(x);

/** `x / (1 + |x|)`. */
export const softsign = (x: Tensor): Tensor => tf.tidy(() => tf.div(x, tf.add(tf.abs(x), 1)));

/** `x · sigmoid(x)`, also known as swish. [Ramachandran et al. 2017](https://arxiv.org/abs/1710.05941). */
export const silu = (x: Tensor): Tensor => tf.tidy(() => tf.mul(x, tf.sigmoid(x)));

/** `x · tanh(softplus(x))`. [Misra 2019](https://arxiv.org/abs/1908.08681). */
export const mish = (x: Tensor): Tensor => tf.tidy(() => tf.mul(x, tf.tanh(tf.softplus(x))));

/** Options of {@link gelu}. */
export interface GeluOptions {
  /** Whether Φ is approximated by a tanh. @default false */
  approximate?: boolean;
}

/** `x · Φ(x)`, Φ the normal distribution function. [Hendrycks & Gimpel 2016](https://arxiv.org/abs/1606.08415). */
export function gelu(x: Tensor, { approximate = false }: GeluOptions = {}): Tensor {
  return tf.tidy(() => {
    const odd = approximate
      ? tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI)))
      : tf.erf(tf.mul(x, Math.SQRT1_2));
    return tf.mul(tf.mul(x, 0.5), tf.add(odd, 1));
  });
}

/** Options of {@link squareplus}. */
export interface SquareplusOptions {
  /** How smooth the bend is. @default 4 */
  b?: number;
}

/** `(x + √(x² + b)) / 2`. [Barron 2021](https://arxiv.org/abs/2112.11687). */
export const squareplus = (x: Tensor, { b = 4 }: SquareplusOptions = {}): Tensor =>
  tf.tidy(() => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), b))), 2));

/** `x − tanh(x)`. */
export const tanhShrink = (x: Tensor): Tensor => tf.tidy(() => tf.sub(x, tf.tanh(x)));
