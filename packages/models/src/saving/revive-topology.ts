import { deserializeLayer, isSerialized, type LayerClass, type Shape } from '@jogak/layers';
import { ConfigError, FormatError, type Json, tidy, zeros } from '@jogak/ops';
import { isBuilt } from '../engine/built.js';
import { Functional } from '../engine/functional.js';
import { Model } from '../engine/model.js';
import { Sequential } from '../engine/sequential.js';
import { fromPythonSpelling } from './config-spelling.js';
import { fromForeignConfig } from './foreign-config.js';
import { fromKeras2Form } from './keras2-form.js';
import { isOurs } from './topology.js';

/** Models by the names that files have for them; a functional model of Keras 2 is a `Model`. */
const modelClasses: Readonly<Record<string, LayerClass>> = {
  Sequential: Sequential as unknown as LayerClass,
  Functional: Functional as unknown as LayerClass,
  Model: Functional as unknown as LayerClass,
};

/**
 * The model that a topology describes, built where its input shape is known.
 *
 * @param topology of {@link toTopology}, tfjs-layers or Keras 2
 * @param customObjects layer and model classes by name, before those that are registered
 * @throws {FormatError} when it is no topology of a model
 * @throws {ConfigError} for classes and options that there are not
 */
export function fromTopology(topology: object, customObjects: Readonly<Record<string, LayerClass>> = {}): Model {
  // Files that come from HDF5 have the model beside its training.
  const found = 'model_config' in topology ? topology.model_config : topology;
  const spelled = fromPythonSpelling(found as Json);
  const serialized = fromKeras2Form(listedNames(isOurs(topology) ? spelled : fromForeignConfig(spelled)));
  if (!isSerialized(serialized)) throw new FormatError('the file holds no model: its topology has no class name and config');
  const layer = deserializeLayer(serialized, { ...modelClasses, ...customObjects });
  if (!(layer instanceof Model)) throw new ConfigError(`the file holds a layer, ${layer.describe()}, and no model`);
  const shape = (serialized as { buildConfig?: { inputShape?: Shape | readonly Shape[] } }).buildConfig?.inputShape;
  if (shape && !isBuilt(layer)) build(layer, shape);
  return layer;
}

/** Keras writes the only input of a model as `['x', 0, 0]`, without a list around it. */
function listedNames(serialized: Json): Json {
  if (!isSerialized(serialized)) return serialized;
  const { inputLayers, outputLayers, ...config } = serialized.config;
  if (inputLayers === undefined || outputLayers === undefined) return serialized as Json;
  const list = (references: Json): Json => (typeof (references as readonly Json[])[0] === 'string' ? [references] : references);
  return { ...(serialized as object), config: { ...config, inputLayers: list(inputLayers), outputLayers: list(outputLayers) } };
}

/** Calls the model once, on zeros: the layers of a subclass are built by being called. */
function build(model: Model, shape: Shape | readonly Shape[]): void {
  const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as readonly Shape[];
  tidy(
    () =>
      void model.forward(
        shapes.map(sizes => zeros(sizes.map(size => size ?? 1))),
        { training: false, mask: null, step: 0 },
      ),
  );
}
