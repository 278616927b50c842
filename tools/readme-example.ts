import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';

/** The code of a page's blocks that are fenced as `ts` and nothing else: what its reader can run as it stands. */
export function tsBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts[ \t]*\r?\n(.*?)^```[ \t]*\r?$/gms)].map(match => match[1] as string);
}

/** What the code says that it prints: the texts behind `// → `, one a line, in their order. */
export function promisedOutput(code: string): string[] {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map(match => (match[1] as string).trimEnd());
}

/** Numbers the blocks' modules: one of a name that was imported before would not run again. */
let modules = 0;

/**
 * Runs every `ts` block of a README, each as a module of its own beside it, so that imports resolve as they do in the package.
 * Call it inside a vitest test: `await runReadme(new URL('../README.md', import.meta.url))`. A block with `// → text` comments has
 * to print those lines, and no others, through `console.log`. Blocks that cannot run (a shell line, a fragment) carry another
 * fence: `sh`, `js`, `ts fragment`.
 *
 * @returns the lines that the blocks printed
 * @throws when there is no block, a block throws, or it prints something else than it promises
 */
export async function runReadme(readme: URL): Promise<string[]> {
  const blocks = tsBlocks(await readFile(readme, 'utf8'));
  if (blocks.length === 0) throw new Error(`${fileURLToPath(readme)} has no block fenced as ts to run`);
  // Not in node_modules, whose files vitest does not compile; the folder is ignored by git.
  const folder = new URL(`./.readme-${process.pid}/`, readme);
  await mkdir(folder, { recursive: true });
  const printed: string[] = [];
  try {
    for (const [index, code] of blocks.entries()) {
      const lines = await runBlock(new URL(`block-${++modules}.ts`, folder), code);
      const promised = promisedOutput(code);
      if (promised.length > 0 && promised.join('\n') !== lines.join('\n'))
        throw new Error(`block ${index + 1} of ${fileURLToPath(readme)} promises\n${promised.join('\n')}\nand prints\n${lines.join('\n')}`);
      printed.push(...lines);
    }
  } finally {
    await rmdir(folder);
  }
  return printed;
}

async function runBlock(file: URL, code: string): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  await writeFile(file, code);
  console.log = (...values: unknown[]) => lines.push(...format(...values).split('\n'));
  try {
    await import(/* @vite-ignore */ fileURLToPath(file));
  } finally {
    console.log = log;
    await rm(file);
  }
  return lines;
}
