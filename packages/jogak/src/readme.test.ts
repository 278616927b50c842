import { expect, it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';

it('does what its README shows', async () => {
  expect(await runReadme(new URL('../README.md', import.meta.url))).toEqual(['true', '5']);
});
