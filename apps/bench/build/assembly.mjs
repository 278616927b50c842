// Compiles `assembly/meter.ts` twice, into `dist`: for plain SIMD, and for relaxed SIMD, which not every engine takes.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../', import.meta.url));
mkdirSync(`${folder}dist`, { recursive: true });

for (const [name, features] of [
  ['meter-plain', ['simd']],
  ['meter-relaxed', ['simd', 'relaxed-simd']],
]) {
  const { error, stderr } = await asc.main([
    'assembly/meter.ts',
    ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--baseDir', folder, '--outFile', `dist/${name}.wasm`],
    ...features.flatMap(feature => ['--enable', feature]),
  ]);
  if (error) throw new Error(`assembly/meter.ts does not compile: ${error.message}\n${stderr}`);
}
