import { type Json, type Option, options } from '@jogak/ops';
import { isSerialized } from './class-table.js';
import type { Layer, Revive } from './layer.js';

/**
 * An option whose value is a layer, which a config holds in serialized form.
 *
 * @param type what the layer has to be an instance of
 * @param expected the same in words, for the error: `a recurrent layer`
 */
export function heldLayer<Kind extends Layer>(type: abstract new (options: never) => Kind, expected: string): Option<Kind> {
  return {
    required: true,
    parse: value => {
      if (value instanceof type) return value;
      throw new options.Expected(expected);
    },
    serialize: layer => layer.serialize() as unknown as Json,
  };
}

/** A config in which the layers under `keys`, or lists of them, are revived: what `fromConfig` of a layer that holds others makes it of. */
export function reviveHeld(config: Readonly<Record<string, Json>>, keys: readonly string[], revive: Revive): Record<string, unknown> {
  const revived = (value: unknown): unknown => (Array.isArray(value) ? value.map(revived) : isSerialized(value) ? revive(value) : value);
  return { ...config, ...Object.fromEntries(keys.filter(key => key in config).map(key => [key, revived(config[key])])) };
}
