import { ConfigError, DataError, io, isJogakError } from '@jogak/ops';
import { platform } from '#platform';
import { folderHandler } from './folder-handler.js';

/**
 * Where a model is saved: a folder, or a `.json` file in one, as path or `file://` URL (Node); `downloads://name`,
 * `indexeddb://name` or `localstorage://name` (pages); or what takes the artifacts itself, as tfjs-core's `io` makes it.
 */
export type SaveTarget = string | { save(artifacts: io.ModelArtifacts): Promise<unknown> };

/** Where a model comes from: as {@link SaveTarget}, an `http(s)://` address, or in a page one relative to it. */
export type LoadSource = string | { load(): Promise<io.ModelArtifacts> };

/** A target or source as messages name it. */
export function describePlace(place: SaveTarget | LoadSource): string {
  return typeof place === 'string' ? `the model in "${place}"` : 'the model';
}

/** Gives artifacts to a target. @throws {DataError} `storage` when it does not take them */
export async function saveTo(target: SaveTarget, artifacts: io.ModelArtifacts): Promise<void> {
  const handler = typeof target === 'string' ? saveHandler(target) : target;
  if (typeof handler?.save !== 'function') throw new ConfigError('a model is saved to a path, an address, or an object with a method save');
  try {
    await handler.save(artifacts);
  } catch (error) {
    if (isJogakError(error)) throw error;
    throw new DataError(`${describePlace(target)} cannot be saved: ${messageOf(error)}`, { code: 'storage', cause: error });
  }
}

/** The artifacts of a source. @throws {DataError} `data-missing` when there are none, `download` when an address does not give them */
export async function loadFrom(source: LoadSource): Promise<io.ModelArtifacts> {
  const handler = typeof source === 'string' ? loadHandler(source) : source;
  if (typeof handler?.load !== 'function')
    throw new ConfigError('a model is loaded from a path, an address, or an object with a method load');
  try {
    return await handler.load();
  } catch (error) {
    if (isJogakError(error)) throw error;
    throw new DataError(`${describePlace(source)} cannot be loaded: ${messageOf(error)}`, {
      code: /^https?:/.test(String(source)) ? 'download' : 'data-missing',
      cause: error,
    });
  }
}

function saveHandler(target: string): io.IOHandler {
  if (platform.files?.isPath(target)) return folderHandler(platform.files, target);
  return only(io.getSaveHandlers(target), target, 'saved to');
}

function loadHandler(source: string): io.IOHandler {
  if (platform.files?.isPath(source)) return folderHandler(platform.files, source);
  const handlers = io.getLoadHandlers(source);
  return handlers.length === 0 && !source.includes('://') ? io.http(source) : only(handlers, source, 'loaded from');
}

function only(handlers: io.IOHandler[], place: string, what: string): io.IOHandler {
  const [handler] = handlers;
  if (handler) return handler;
  const known = platform.files
    ? 'a folder, a file:// URL, or an http(s):// address to load from'
    : 'downloads://, indexeddb:// and localstorage://, or an http(s):// address to load from';
  throw new ConfigError(`a model cannot be ${what} "${place}" here; there are: ${known}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
