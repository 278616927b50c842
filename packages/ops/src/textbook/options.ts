import { ConfigError } from '../errors.js';

/** Only the options that there are. @throws {ConfigError} for any other, which would silently do nothing. */
export function checkKeys(options: object, known: readonly string[], where: string): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new ConfigError(`${where}: there is no option "${key}"; there are: ${known.join(', ')}`);
  }
}

/** A whole number of at least 1. @throws {ConfigError} for anything else. */
export function checkPositive(value: number, name: string, where: string): void {
  if (!Number.isInteger(value) || value < 1) throw new ConfigError(`${where}: ${name} must be a positive integer; got ${value}`);
}
