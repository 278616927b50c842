import { it } from 'vitest';
import { runReadme } from '../../../tools/readme-example.js';

it('the example of the README does what it says', async () => {
  await runReadme(new URL('../README.md', import.meta.url));
});
