import { DataError } from '@jogak/ops';
import { platform } from '#platform';
import { chunksOf } from '../stream/chunks.js';

/** Where text comes from: a path, or an address in a page; a file that a user chose; a text; or a function that opens a stream anew. */
export type TextSource = string | Blob | { readonly text: string } | (() => AsyncIterable<Uint8Array>);

/** A source's name, for errors. */
export function nameOf(source: TextSource): string {
  if (typeof source === 'string') return source;
  return 'name' in source && source.name ? String(source.name) : 'the text';
}

/** The text, piece by piece, decoded as UTF-8 without its byte order mark. @throws {DataError} when there is none, or it is not UTF-8. */
export async function* textOf(source: TextSource): AsyncGenerator<string> {
  if (typeof source === 'object' && !(source instanceof Blob)) {
    yield source.text;
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new DataError(`${nameOf(source)} is not text in UTF-8; save it as that`, { cause: error });
    }
  };
  for await (const chunk of bytesOf(source)) yield decode(chunk);
  yield decode();
}

async function* bytesOf(source: Exclude<TextSource, { readonly text: string }>): AsyncGenerator<Uint8Array> {
  if (typeof source === 'function') yield* source();
  else if (source instanceof Blob) yield* chunksOf(source.stream());
  else if (platform.files && !/^https?:/.test(source)) {
    try {
      yield* platform.files.stream(source);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error;
      throw new DataError(`there is no file ${source}`, { code: 'data-missing', cause: error });
    }
  } else {
    const response = await fetch(source);
    if (!response.ok || !response.body)
      throw new DataError(`${source} cannot be read: the server answers ${response.status} ${response.statusText}`, { code: 'download' });
    yield* chunksOf(response.body);
  }
}
