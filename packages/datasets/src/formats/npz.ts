import { FormatError, type HostArray } from '@jogak/ops';
import { type ObjectArray, parseNpy } from './npy.js';
import type { ListReviver } from './pickle.js';
import { openZip } from './zip.js';

/** The arrays of a .npz file, each read when it is asked for. */
export interface NpzFile {
  readonly names: readonly string[];
  /**
   * @param reviveList as `parseNpy` takes it
   * @throws {FormatError} when there is no array of this name, or it is corrupted.
   */
  read(name: string, reviveList?: ListReviver): HostArray | ObjectArray;
}

/**
 * Opens a .npz file, as `numpy.savez` and `numpy.savez_compressed` write them: a zip archive of .npy files.
 *
 * @param bytes the file
 * @param where what the bytes are, as errors name it @default 'the .npz file'
 * @throws {FormatError} when it is no zip archive, or is truncated or corrupted.
 */
export function readNpz(bytes: Uint8Array, where = 'the .npz file'): NpzFile {
  const archive = openZip(bytes, where);
  const names = archive.names.filter(name => name.endsWith('.npy')).map(name => name.slice(0, -4));
  return {
    names,
    read: (name, reviveList) => {
      if (!names.includes(name)) throw new FormatError(`${where} has no array ${name}; it has ${names.join(', ') || 'none'}`);
      return parseNpy(archive.read(`${name}.npy`), `${name} in ${where}`, reviveList);
    },
  };
}
