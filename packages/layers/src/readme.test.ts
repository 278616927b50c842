import { it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';
import { clearSession } from './index.js';

it('the examples of the README do what they say', async () => {
  // Other test files have named layers before.
  clearSession();
  await runReadme(new URL('../README.md', import.meta.url));
});
