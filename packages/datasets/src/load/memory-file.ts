import type { PartialFile } from '../platform/platform.js';

/** A download that is kept in memory, where there are no files. */
export function memoryFile(): PartialFile {
  let chunks: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    async append(chunk) {
      chunks.push(chunk);
      size += chunk.length;
    },
    async restart() {
      chunks = [];
      size = 0;
    },
    async contents() {
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      return bytes;
    },
    async commit() {},
    async release() {},
  };
}
