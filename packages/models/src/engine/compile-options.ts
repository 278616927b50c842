import type { Serialized } from '@jogak/layers';
import { ConfigError, options } from '@jogak/ops';
import type { Optimizer } from '@jogak/optimizers';
import type { LossLike } from '../losses/index.js';
import type { MetricLike } from '../metrics/index.js';

/** For models of several outputs: one for each in order, or by the output's name. */
export type PerOutput<Item> = Item | readonly Item[] | { readonly [output: string]: Item };

/** Options of `compile`. */
export interface CompileOptions {
  /** @default 'rmsprop' */
  optimizer?: string | Optimizer | Serialized;
  /** One for each output. */
  loss: PerOutput<LossLike>;
  /** What each output's loss is multiplied by in the sum. @default 1 each */
  lossWeights?: readonly number[] | { readonly [output: string]: number };
  /** One, or a list, for the only output; for several outputs lists in order, or by name. `accuracy` becomes the accuracy that fits the shapes. @default none */
  metrics?:
    | MetricLike
    | readonly MetricLike[]
    | readonly (readonly MetricLike[])[]
    | { readonly [output: string]: MetricLike | readonly MetricLike[] };
  /**
   * Whether every step runs op by op. Else `fit` and `evaluate`, where the backend can (`simd`), run the kernels of the first steps again and again,
   * with the same results: layers, losses and metrics of your own are called each time anyway. Set it to look into a step, or to change a
   * layer's `config` while `fit` runs: what was captured does not see that. @default false
   */
  runEagerly?: boolean;
}

const known: readonly (keyof CompileOptions)[] = ['optimizer', 'loss', 'lossWeights', 'metrics', 'runEagerly'];

/** @throws {ConfigError} for an option that there is not */
export function checkCompileOptions(given: CompileOptions): void {
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`compile needs options: { optimizer: 'adam', loss: '…' }; got ${options.show(given)}`);
  const unknown = Object.keys(given).find(key => !(known as readonly string[]).includes(key));
  if (unknown !== undefined) throw new ConfigError(`compile: there is no option "${unknown}"; there are: ${known.join(', ')}`);
  if (given.loss === undefined || given.loss === null)
    throw new ConfigError('compile: loss is required: a name such as "sparseCategoricalCrossentropy", an object or a function');
  if (given.runEagerly !== undefined && typeof given.runEagerly !== 'boolean')
    throw new ConfigError(`compile: runEagerly must be true or false; got ${options.show(given.runEagerly)}`);
}

/** One item for each output. @throws {ConfigError} when there are not as many as outputs, or for an output that there is not */
export function forEachOutput<Item>(
  given: PerOutput<Item>,
  outputs: readonly string[],
  isItem: (value: unknown) => value is Item,
  what: string,
): Item[] {
  if (isItem(given)) {
    if (outputs.length > 1)
      throw new ConfigError(`compile: the model has ${outputs.length} outputs, ${outputs.join(', ')}: give a ${what} for each; got one`);
    return [given];
  }
  if (Array.isArray(given)) {
    if (given.length !== outputs.length)
      throw new ConfigError(`compile: the model has ${outputs.length} outputs, ${outputs.join(', ')}; got ${given.length} of ${what}`);
    return [...given];
  }
  const byName = given as { readonly [output: string]: Item };
  const unknown = Object.keys(byName).find(name => !outputs.includes(name));
  if (unknown !== undefined)
    throw new ConfigError(`compile: ${what} for "${unknown}", which is no output of the model; there are: ${outputs.join(', ')}`);
  return outputs.map(name => {
    const item = byName[name];
    if (item === undefined) throw new ConfigError(`compile: no ${what} for the output "${name}"`);
    return item;
  });
}
