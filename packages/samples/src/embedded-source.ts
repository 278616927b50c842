import type { SampleSource } from './sample-source.js';

/** Files as they stand in a data module: deflated (RFC 1951) and in base64. */
export interface EmbeddedFiles {
  readonly [name: string]: { readonly bytes: number; readonly deflated: string };
}

/**
 * A {@link SampleSource} over a module of embedded files, which is imported when the first file is read.
 *
 * The bytes are decoded with `atob` and `DecompressionStream`, which Node, browsers and workers have built in.
 */
export function embeddedSource(about: Omit<SampleSource, 'read'>, load: () => Promise<{ files: EmbeddedFiles }>): SampleSource {
  return {
    ...about,
    async read(file) {
      const embedded = (await load()).files[file];
      if (!embedded) throw new RangeError(`the sample "${about.name}" has no file "${file}"; it has ${about.files.join(', ')}`);
      return inflate(embedded.deflated, embedded.bytes);
    },
  };
}

async function inflate(base64: string, length: number): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (bytes.length !== length)
    throw new RangeError(`an embedded file unpacks to ${bytes.length} bytes, not ${length}: the package is damaged`);
  return bytes;
}
