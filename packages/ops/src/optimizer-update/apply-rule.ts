import type { AdagradRule, AdamRule, RmspropRule, SgdRule, UpdateRule } from './rule.js';

/**
 * Applies `rule` to one weight, writing into `w` and `slots`. Arithmetic is in double precision, rounded once for each value that
 * is stored.
 */
export function applyRule(rule: UpdateRule, w: Float32Array, g: ArrayLike<number>, slots: readonly Float32Array[], decay: number): void {
  switch (rule.name) {
    case 'sgd':
      if (rule.momentum === 0) sgd(rule, w, g, decay);
      else sgdMomentum(rule, w, g, slots[0]!, decay);
      break;
    case 'adam':
      adam(rule, w, g, slots, decay);
      break;
    case 'rmsprop':
      rmsprop(rule, w, g, slots, decay);
      break;
    case 'adagrad':
      adagrad(rule, w, g, slots[0]!, decay);
  }
}

function sgd({ learningRate }: SgdRule, w: Float32Array, g: ArrayLike<number>, decay: number): void {
  for (let i = 0; i < w.length; i++) w[i] = w[i]! - decay * w[i]! - learningRate * g[i]!;
}

function sgdMomentum(rule: SgdRule, w: Float32Array, g: ArrayLike<number>, m: Float32Array, decay: number): void {
  const { learningRate, momentum, nesterov } = rule;
  for (let i = 0; i < w.length; i++) {
    const step = learningRate * g[i]!;
    const velocity = momentum * m[i]! - step;
    m[i] = velocity;
    w[i] = w[i]! - decay * w[i]! + (nesterov ? momentum * velocity - step : velocity);
  }
}

function adam(rule: AdamRule, w: Float32Array, g: ArrayLike<number>, slots: readonly Float32Array[], decay: number): void {
  const m = slots[0]!;
  const v = slots[1]!;
  const vHat = rule.amsgrad ? slots[2]! : undefined;
  const { stepSize, beta1, beta2, epsilon } = rule;
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]!;
    const first = m[i]! + (gradient - m[i]!) * (1 - beta1);
    let second = v[i]! + (gradient * gradient - v[i]!) * (1 - beta2);
    m[i] = first;
    v[i] = second;
    if (vHat) vHat[i] = second = Math.max(vHat[i]!, second);
    w[i] = w[i]! - decay * w[i]! - (stepSize * first) / (Math.sqrt(second) + epsilon);
  }
}

function rmsprop(rule: RmspropRule, w: Float32Array, g: ArrayLike<number>, slots: readonly Float32Array[], decay: number): void {
  const { learningRate, rho, momentum, epsilon, centered } = rule;
  const v = slots[0]!;
  const m = momentum === 0 ? undefined : slots[1]!;
  const a = centered ? slots[m ? 2 : 1]! : undefined;
  for (let i = 0; i < w.length; i++) {
    const gradient = g[i]!;
    let variance = rho * v[i]! + (1 - rho) * gradient * gradient;
    v[i] = variance;
    if (a) {
      const average = rho * a[i]! + (1 - rho) * gradient;
      a[i] = average;
      variance = Math.max(variance - average * average, 0);
    }
    let step = (learningRate * gradient) / Math.sqrt(variance + epsilon);
    if (m) m[i] = step = momentum * m[i]! + step;
    w[i] = w[i]! - decay * w[i]! - step;
  }
}

function adagrad({ learningRate, epsilon }: AdagradRule, w: Float32Array, g: ArrayLike<number>, a: Float32Array, decay: number): void {
  for (let i = 0; i < w.length; i++) {
    const sum = a[i]! + g[i]! * g[i]!;
    a[i] = sum;
    w[i] = w[i]! - decay * w[i]! - (learningRate * g[i]!) / Math.sqrt(sum + epsilon);
  }
}
