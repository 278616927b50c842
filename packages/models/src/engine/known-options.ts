import { ConfigError, options as optionKinds } from '@jogak/ops';

/** @throws {ConfigError} for an option that there is not: `fit: there is no option "epoch"; did you mean "epochs"?` */
export function checkKnown(given: object, known: readonly string[], where: string, why = ''): void {
  const unknown = Object.keys(given).find(key => !known.includes(key));
  if (unknown !== undefined)
    throw new ConfigError(`${where}: there is no option "${unknown}"${why}${optionKinds.suggestion(unknown, known)}`);
}

/** @throws {ConfigError} for anything but a positive integer */
export function positive(value: number, what: string): number {
  if (!Number.isInteger(value) || value < 1) throw new ConfigError(`${what} must be a positive integer; got ${optionKinds.show(value)}`);
  return value;
}
