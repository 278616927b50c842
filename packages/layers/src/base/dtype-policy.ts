import { ConfigError } from '@jogak/ops';

/** In what precision a layer computes and keeps its weights. */
export interface DTypePolicy {
  readonly compute: 'float32';
  readonly variable: 'float32';
}

/** The one policy there is: everything in single precision. */
export const float32Policy: DTypePolicy = { compute: 'float32', variable: 'float32' };

/**
 * The policy that an option says.
 *
 * @throws {ConfigError} for every precision but `float32`, the only one that is supported
 */
export function getDTypePolicy(given: unknown, where: string): DTypePolicy {
  if (given === undefined || given === null || given === 'float32') return float32Policy;
  if (typeof given === 'object' && 'compute' in given && 'variable' in given && given.compute === 'float32' && given.variable === 'float32')
    return float32Policy;
  throw new ConfigError(`${where}: dtype must be "float32", the only precision supported; got ${JSON.stringify(given)}`, {
    code: 'unsupported',
  });
}
