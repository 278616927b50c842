import { describeError } from './errors.js';
import { say } from './terminal.js';

const brokenPipe: (() => void)[] = [];

/** Calls `stop` when whoever read the output has gone, instead of ending the process. @returns what takes that back */
export function onBrokenPipe(stop: () => void): () => void {
  brokenPipe.push(stop);
  return () => void brokenPipe.splice(brokenPipe.indexOf(stop), 1);
}

/**
 * Ends the process when its output can no longer be written: quietly and with success when its reader has seen enough (`jogak data list | head
 * -1`), with a sentence when the disk is full, say.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      say(`the output cannot be written: ${describeError(error).message}`);
      process.exit(1);
    }
    if (brokenPipe.length === 0) process.exit(0);
    for (const stop of brokenPipe) stop();
  });
  // Where errors cannot be told, there is nobody to tell.
  process.stderr.on('error', () => {});
}
