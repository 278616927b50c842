import { expect, it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';

it('the README’s examples run, and print what they say', async () => {
  expect(await runReadme(new URL('../README.md', import.meta.url))).not.toEqual([]);
});
