// Writes bytes as a TypeScript module: deflated and in base64, which every JavaScript engine decodes by itself (atob and DecompressionStream).
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

/**
 * @param {string} name of the module in `src`, without extension
 * @param {string} command that makes it
 * @param {Record<string, Uint8Array>} files by name
 * @returns {number} bytes of the module
 */
export function writeDataModule(name, command, files) {
  const entries = Object.entries(files).map(([file, bytes]) => {
    const text = deflateRawSync(bytes, { level: 9, memLevel: 9 }).toString('base64');
    return `  '${file}': { bytes: ${bytes.length}, deflated: '${text}' },\n`;
  });
  const text =
    `// Made by \`${command}\`. Do not edit.\n` +
    "import type { EmbeddedFiles } from './embedded-source.js';\n\n" +
    `export const files: EmbeddedFiles = {\n${entries.join('')}};\n`;
  writeFileSync(new URL(`../src/${name}.ts`, import.meta.url), text);
  return text.length;
}
