import { pow } from '../scalar-math/index.js';

/** `w ← w − η·g`; with momentum `m ← μ·m − η·g`, `w ← w + m`, or `w ← w + μ·m − η·g` (Nesterov). Slots: `m`, if `momentum` is not 0. */
export interface SgdRule {
  readonly name: 'sgd';
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * `m ← m + (1 − β₁)(g − m)`, `v ← v + (1 − β₂)(g² − v)`, `w ← w − α·m / (√v + ε)` with `α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ)`.
 * With `amsgrad`, `v̂ ← max(v̂, v)` stands in the place of `v`. Slots: `m`, `v`, and `v̂` if `amsgrad`.
 *
 * α comes ready-made, from {@link adamStepSize}, so that no kernel needs powers, which engines round differently.
 */
export interface AdamRule {
  readonly name: 'adam';
  /** α, of this update. */
  readonly stepSize: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
}

/**
 * `v ← ρ·v + (1 − ρ)·g²`, `u = η·g / √(v + ε)`, `w ← w − u`; with momentum `m ← μ·m + u`, `w ← w − m`. If `centered`,
 * `a ← ρ·a + (1 − ρ)·g` and `max(v − a², 0)` stands in the place of `v` under the root: the variance is never negative, but its
 * rounded value can be. Slots: `v`, `m` if `momentum` is not 0, `a` if `centered`.
 */
export interface RmspropRule {
  readonly name: 'rmsprop';
  readonly learningRate: number;
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly centered: boolean;
}

/** `a ← a + g²`, `w ← w − η·g / √(a + ε)`. Slots: `a`. */
export interface AdagradRule {
  readonly name: 'adagrad';
  readonly learningRate: number;
  readonly epsilon: number;
}

/** How a weight `w` follows from its gradient `g` and its slots: Keras 3's formulas. Plain data, the same for all weights of a step. */
export type UpdateRule = SgdRule | AdamRule | RmspropRule | AdagradRule;

/** Adam's α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ) of the t-th update, `step`, from 1. */
export function adamStepSize({ learningRate, step, beta1, beta2 }: Record<'learningRate' | 'step' | 'beta1' | 'beta2', number>): number {
  return (learningRate * Math.sqrt(1 - pow(beta2, step))) / (1 - pow(beta1, step));
}
