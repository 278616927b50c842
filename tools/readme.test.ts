import { it } from 'vitest';
import { runReadme } from './readme-example.js';

it('the README’s ten lines train', async () => {
  await runReadme(new URL('../README.md', import.meta.url));
});
