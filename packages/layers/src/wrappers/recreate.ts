import { Layer } from '../base/layer.js';

/**
 * A new layer with the options of another, the layers it holds made anew as well: without weights, and in no model.
 *
 * @param changes options that are to differ
 */
export function recreate<Kind extends Layer>(layer: Kind, changes: Readonly<Record<string, unknown>> = {}): Kind {
  const again = (value: unknown): unknown => (value instanceof Layer ? recreate(value) : Array.isArray(value) ? value.map(again) : value);
  const own = Object.fromEntries(Object.entries(layer.config).map(([key, value]) => [key, again(value)]));
  const type = layer.constructor as new (options: Readonly<Record<string, unknown>>) => Kind;
  return new type({ name: layer.name, trainable: layer.trainable, ...own, ...changes });
}
