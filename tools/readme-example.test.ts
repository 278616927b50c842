import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReadme } from './readme-example.js';

describe('runReadme', () => {
  let folder: string;
  let pages = 0;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(import.meta.dirname, '.readme-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function run(markdown: string): Promise<string[]> {
    const file = path.join(folder, `page-${pages++}.md`);
    await writeFile(file, markdown);
    return runReadme(pathToFileURL(file));
  }

  it('runs typed code with top-level await and gives back what it printed', async () => {
    expect(await run('```ts\nconst x: number = await Promise.resolve(3);\nconsole.log("x is", x); // → x is 3\n```\n')).toEqual(['x is 3']);
  });

  it('leaves other fences alone', async () => {
    expect(await run('```sh\nexit 1\n```\n```ts fragment\nthrow 1\n```\n```ts\nconsole.log(1);\n```\n')).toEqual(['1']);
  });

  it('fails where the output is not what the page promises, and leaves no file behind', async () => {
    await expect(run('```ts\nconsole.log(2); // → 3\n```\n')).rejects.toThrow(/promises\n3\nand prints\n2/);
    expect((await readdir(folder)).filter(name => !name.endsWith('.md'))).toEqual([]);
  });

  it('fails where there is nothing to run', async () => {
    await expect(run('# Empty')).rejects.toThrow(/has no block fenced as ts to run/);
  });
});
