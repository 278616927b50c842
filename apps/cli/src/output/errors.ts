import { isJogakError } from '@jogak/ops';
import { UsageError } from '../arguments/usage-error.js';
import { printJson, say } from './terminal.js';

/** An error as the user is told: its code for programs, and one sentence. */
export interface ErrorText {
  readonly code: string;
  readonly message: string;
}

/**
 * What to say of an error.
 *
 * @param error a typed error, a system error, or a fault of this program
 */
export function describeError(error: unknown): ErrorText {
  if (error instanceof UsageError || isJogakError(error)) return { code: error.code, message: oneLine(error.message) };
  const { code, path, message, name } = error as NodeJS.ErrnoException;
  // Told by its name: for its class, every command would load the backend.
  if (name === 'SimdError' && code !== undefined) return { code, message: oneLine(message) };
  if (code !== undefined && reasons[code] !== undefined)
    return { code: 'storage', message: `${path === undefined ? '' : `${path}: `}${reasons[code]} (${code})` };
  return {
    code: 'internal',
    message: `${oneLine(message ?? String(error))}. This is a fault of jogak: set JOGAK_DEBUG=1 to see where, and report it`,
  };
}

/** Operating system's codes, in words that say what to do. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room, or name another folder with --out',
  EDQUOT: 'your share of the disk is used up; make room, or name another folder with --out',
  EFBIG: 'the file would be larger than files may be here; raise the limit (ulimit -f), or name another folder with --out',
  EACCES: 'you may not read or write it; change its permissions, or name another place',
  EPERM: 'you may not read or write it; change its permissions, or name another place',
  EROFS: 'it cannot be written: the file system is read-only; name another folder with --out',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder; a file is needed',
  ENOTDIR: 'it is no folder, or a part of its path is a file',
  EEXIST: 'a file is there already',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
};

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/** Tells of an error: one sentence, or one event; the stack too with JOGAK_DEBUG=1. */
export function reportError(error: unknown, { json }: { json: boolean }): void {
  const { code, message } = describeError(error);
  if (json) printJson({ event: 'error', code, message });
  else say(message);
  if (process.env.JOGAK_DEBUG === '1') process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
}
