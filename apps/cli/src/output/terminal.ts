/** Columns of the terminal; 80 where there is none. */
export const terminalColumns = (): number => process.stdout.columns || 80;

/** Whether someone sits in front of it. */
export const isTerminal = (): boolean => process.stdout.isTTY === true && process.env.CI !== 'true';

/** Writes a line, or several, for the user. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes an event for programs. */
export function printJson(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Writes a line about what happens, where programs do not read. */
export function say(text: string): void {
  process.stderr.write(`jogak: ${text}\n`);
}

const brokenPipe: (() => void)[] = [];

/** Calls `stop` when whoever read the output has gone, instead of ending the process. @returns what takes that back */
export function onBrokenPipe(stop: () => void): () => void {
  brokenPipe.push(stop);
  return () => void brokenPipe.splice(brokenPipe.indexOf(stop), 1);
}

/** `jogak data list | head -1`: the reader has seen enough, which is no error. */
export function endQuietlyOnBrokenPipe(): void {
  const listen = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    if (brokenPipe.length === 0) process.exit(0);
    for (const stop of brokenPipe) stop();
  };
  process.stdout.on('error', listen);
  process.stderr.on('error', listen);
}
