import type { Json } from '@jogak/ops';
import type { Model } from '../engine/model.js';
import { toPythonSpelling } from './config-spelling.js';
import { toKeras2Form } from './keras2-form.js';

/** What wrote the file, as its topology says it. */
const writtenBy = 'jogak';

/** A model without its weights, in the form of Keras 2 and tfjs-layers. */
export function toTopology(model: Model): { [key: string]: Json } {
  const { className, config } = model.serialize();
  const inputShape = model.builtFor as Json;
  return {
    class_name: className,
    config: toPythonSpelling((toKeras2Form({ className, config }) as { config: Json }).config),
    // A subclass does not say the shape it was built for; the file does, so that it can be built for its weights.
    ...(inputShape === null ? {} : { build_config: { input_shape: inputShape } }),
    keras_version: writtenBy,
    backend: 'TensorFlow.js',
  };
}

/** Whether a topology is one of {@link toTopology}, and not of tfjs-layers or Keras. */
export function isOurs(topology: object): boolean {
  return 'keras_version' in topology && topology.keras_version === writtenBy;
}
