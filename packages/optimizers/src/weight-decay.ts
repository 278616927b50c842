import { ConfigError, type Option, options, type Parameter } from '@jogak/ops';

/**
 * Weights that do not decay: those for which a function says true; or a list of texts found in the last part of a weight's path
 * (`bias`, as Keras' `var_names`), and regular expressions found in the whole path (`/^batch_normalization/`).
 */
export type WeightDecayExclusions = ((parameter: Parameter) => boolean) | readonly (string | RegExp)[];

/** Whether `parameter` is one of `exclusions`. */
export function isExcluded(parameter: Parameter, exclusions: WeightDecayExclusions): boolean {
  if (typeof exclusions === 'function') return exclusions(parameter);
  return exclusions.some(found => (typeof found === 'string' ? parameter.name.includes(found) : parameter.path.search(found) >= 0));
}

/** `excludeFromWeightDecay`; in a config, a regular expression is `{pattern, flags}`. */
export const exclusionsOption: Option<WeightDecayExclusions> = {
  required: false,
  parse: value => {
    if (typeof value === 'function') return value as (parameter: Parameter) => boolean;
    if (!Array.isArray(value)) throw new options.Expected('a function, or a list of strings and regular expressions');
    return value.map(item => {
      if (typeof item === 'string' || item instanceof RegExp) return item;
      if (typeof item?.pattern === 'string' && typeof item.flags === 'string') return new RegExp(item.pattern, item.flags);
      throw new options.Expected('a function, or a list of strings and regular expressions');
    });
  },
  serialize: exclusions => {
    if (typeof exclusions === 'function')
      throw new ConfigError(
        'an optimizer whose excludeFromWeightDecay is a function cannot be written to a config; give names or regular expressions',
      );
    return exclusions.map(item => (typeof item === 'string' ? item : { pattern: item.source, flags: item.flags }));
  },
};
