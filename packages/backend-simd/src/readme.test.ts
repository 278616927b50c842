import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';
import './index.js';

// Tests before this one share its engine, and may have chosen another backend.
beforeAll(() => setBackend('simd'));

it('the README’s examples run, and print what they say', async () => {
  expect(await runReadme(new URL('../README.md', import.meta.url))).not.toEqual([]);
});
