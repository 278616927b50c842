import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng, hostArray } from '@jogak/ops';

/** A table whose classes two columns tell apart: what trains in a second. */
export async function writeTable(path: string, rows = 60): Promise<string> {
  const lines = Array.from({ length: rows }, (_, i) => `${(i % 7) + (i % 3) * 10},${(i % 5) - (i % 3) * 4},${['x', 'y', 'z'][i % 3]}`);
  await writeFile(path, `a,b,kind\n${lines.join('\n')}\n`);
  return path;
}

/** Texts of two kinds. */
export async function writeTexts(path: string): Promise<string> {
  const lines = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? `"a good, fine film ${i}",pos` : `it was bad and dull ${i},neg`));
  await writeFile(path, `body,kind\n${lines.join('\n')}\n`);
  return path;
}

/** Dark and bright images of 12 × 10 pixels in colour, in folders named so. */
export async function writeImages(folder: string, each = 10): Promise<string> {
  for (const [name, ground] of [
    ['bright', 160],
    ['dark', 20],
  ] as const) {
    await mkdir(join(folder, name), { recursive: true });
    for (let i = 0; i < each; i++) {
      const pixels = Uint8Array.from({ length: 12 * 10 * 3 }, (_, k) => ground + ((k * 37 + i * 91) % 80));
      await writeFile(join(folder, name, `${i}.png`), encodePng(hostArray(pixels, [12, 10, 3])));
    }
  }
  return folder;
}
