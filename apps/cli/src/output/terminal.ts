/** Columns of the terminal; 80 where there is none. */
export const terminalColumns = (): number => process.stdout.columns || 80;

/** Whether someone sits in front of it, and lines can be drawn over: a dumb terminal shows the codes for that as they are. */
export const isTerminal = (): boolean => process.stdout.isTTY === true && process.env.TERM !== 'dumb' && process.env.CI !== 'true';

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
