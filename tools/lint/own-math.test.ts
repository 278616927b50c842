import { describe, expect, it } from 'vitest';
import { lint } from './lint.testing.js';

const message = 'ECMAScript leaves the last bits of';

describe('the rule against functions of Math whose last bits depend on the engine', () => {
  it.each([
    ['packages/ops/src/random', 'export const x = (y: number) => Math.log(y);\n'],
    ['packages/optimizers/src/schedules', 'export const x = (y: number) => y ** 2;\n'],
    ['packages/layers/src/initializers', 'export const x = (y: number) => Math.hypot(y, 1);\n'],
    ['packages/models/src/losses', 'const { exp } = Math;\nexport const x = exp;\n'],
    ['packages/datasets/src/images', 'export const x = [1, 2].map(Math.tanh);\n'],
    ['packages/backend-simd/src/elementwise', 'export const x = (y: number) => Math.atan2(y, 1);\n'],
    ['apps/cli/src/own-data', 'export const x = (y: number) => Math.cbrt(y);\n'],
  ])('fails the lint of %s', (folder, content) => expect(lint(folder, content)).toContain(message));

  it.each([
    ['packages/ops/src/random', 'export const x = (y: number) => Math.sqrt(y) + Math.fround(y) + 2 ** 30 + 1e3;\n'],
    ['packages/ops/src/cpu', 'export const x = (y: number) => Math.exp(y);\n'],
    ['packages/ops/src/textbook', 'export const x = (y: number) => Math.exp(y) ** 2;\n'],
  ])('lets exact functions pass, and the folders that no deterministic run goes through: %s', (folder, content) =>
    expect(lint(folder, content)).not.toContain(message),
  );
});
