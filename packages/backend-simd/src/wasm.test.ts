import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { plain, relaxed } from '#wasm';
import { hasRelaxedSimd } from './kernels-module.js';

/** Names of the sections of a module, by their numbers. */
function sections(bytes: Uint8Array): number[] {
  const found: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    found.push(bytes[at++]!);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return found;
}

describe.each([['plain', plain], ...(hasRelaxedSimd() ? [['relaxed', relaxed]] : [])] as [string, string][])(
  'the %s kernels',
  (_, text) => {
    const bytes = Buffer.from(text, 'base64');

    it('import the memory and nothing else: no kernel allocates or throws', () => {
      expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    });

    it('hold no data, which each starting thread would write over the memory that all share', () => {
      expect(sections(bytes)).not.toContain(11);
    });
  },
);

it('are small: both builds, as they are shipped, under 120 kB compressed', () => {
  expect(gzipSync(plain + relaxed, { level: 9 }).length).toBeLessThan(120_000);
});
