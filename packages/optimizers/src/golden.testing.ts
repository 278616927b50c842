import { readFileSync } from 'node:fs';
import {
  type Constraint,
  copyRegisteredKernels,
  findBackend,
  findBackendFactory,
  OPTIMIZER_UPDATE,
  Parameter,
  registerBackend,
  relu,
  type Tensor,
  tensor,
  tidy,
  unregisterKernel,
} from '@jogak/ops';
import { expect } from 'vitest';
import type { Optimizer } from './index.js';

interface Case {
  className: string;
  options: object;
  constrained: boolean;
  finalized: boolean;
  weights: Record<string, number[]>;
  slots: [path: string, values: number[]][];
}

/** Values of Keras, made by tools/golden/optimizers.py. */
export const golden: {
  weights: Record<string, { shape: number[]; values: number[] }>;
  gradients: Record<string, number[]>[];
  cases: Record<string, Case>;
  defaults: Record<string, Record<string, unknown>>;
  scheduleSteps: number[];
  schedules: Record<string, { className: string; config: object; options: object; rates: number[] }>;
} = JSON.parse(readFileSync(new URL('../../../tools/golden/optimizers.json', import.meta.url), 'utf8'));

/** A backend that is `cpu` without the multi-tensor kernel: optimizers use plain ops there. */
export function registerPlainBackend(): void {
  if (findBackend('plain')) return;
  registerBackend('plain', findBackendFactory('cpu'));
  copyRegisteredKernels('cpu', 'plain');
  unregisterKernel(OPTIMIZER_UPDATE, 'plain');
}

/** A weight of these values. */
export function weight(path: string, values: readonly number[], shape: number[] = [values.length], constraint?: Constraint): Parameter {
  const value = tensor([...values], shape);
  const parameter = new Parameter({ path, value, constraint: constraint ?? null });
  value.dispose();
  return parameter;
}

/** Constraint that keeps weights from being negative. */
export const nonNegative: Constraint = { apply: value => relu(value) };

/** The weights that all golden cases start from. */
export function goldenWeights(constraint?: Constraint): Parameter[] {
  return Object.entries(golden.weights).map(([path, { values, shape }]) => weight(path, values, shape, constraint));
}

/** Applies the golden gradients, from step `from` up to, not including, `to`. */
export function applyGolden(optimizer: Optimizer, parameters: readonly Parameter[], from = 0, to: number = golden.gradients.length): void {
  for (const step of golden.gradients.slice(from, to))
    tidy(() => {
      const gradients: Tensor[] = parameters.map(({ path, shape }) => tensor(step[path] as number[], shape));
      optimizer.apply(gradients, parameters);
    });
}

/** Compares with values of double precision: |got − wanted| ≤ 2e-6 · max(0.1, |wanted|): a few roundings to single precision. */
export function expectClose(got: ArrayLike<unknown>, wanted: readonly number[], tolerance = 2e-6): void {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((value, index) => {
    const error = Math.abs((got[index] as number) - value) / Math.max(0.1, Math.abs(value));
    if (!(error <= tolerance)) expect.fail(`element ${index}: got ${got[index]}, expected ${value}, relative error ${error}`);
  });
}
