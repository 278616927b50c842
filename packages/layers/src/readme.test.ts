import { it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';

it('the examples of the README do what they say', async () => {
  await runReadme(new URL('../README.md', import.meta.url));
});
