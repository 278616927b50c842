import { isSerialized } from '@jogak/layers';
import type { Json } from '@jogak/ops';
import { isJsonObject, type JsonObject } from './json-object.js';

type SerializedJson = { readonly className: string; readonly config: JsonObject };

/** What Keras 2 and tfjs-layers have otherwise in the configs of the same classes, in camelCase still. */
export function toKeras2Form(config: Json): Json {
  return walk(config, ({ className, config: own, ...rest }) => {
    // They have one regularizer for both norms.
    if (className === 'L1') return { ...rest, className: 'L1L2', config: { l1: own.l1 ?? 0, l2: 0 } };
    if (className === 'L2') return { ...rest, className: 'L1L2', config: { l1: 0, l2: own.l2 ?? 0 } };
    // They put the direction before the name, also where it stands there.
    if (className === 'Bidirectional') return { ...rest, className, config: { ...own, layer: withoutDirection(own.layer as Json) } };
    return { ...rest, className, config: countModelCalls(own, 1) };
  });
}

/** The config of {@link toKeras2Form}, or of Keras 2 or tfjs-layers, as ours are. */
export function fromKeras2Form(config: Json): Json {
  return walk(config, serialized => ({ ...serialized, config: countModelCalls(serialized.config, -1) }));
}

function walk(json: Json, change: (serialized: SerializedJson) => SerializedJson): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map(item => walk(item, change));
  if (!isJsonObject(json)) return json;
  const walked = Object.fromEntries(Object.entries(json).map(([key, value]) => [key, walk(value, change)]));
  return isSerialized(walked) && isJsonObject(walked.config) ? change(walked as unknown as SerializedJson) : walked;
}

function withoutDirection(layer: Json): Json {
  const { config, ...rest } = layer as { readonly config: JsonObject };
  return { ...rest, config: { ...config, name: String(config.name).replace(/^forward_/, '') } };
}

/** A reference to an output: layer, number of its call, number of the output, and more. */
type Reference = readonly [layer: string, call: number, ...rest: Json[]];

/** Calls of a model within a graph count from 1 there: 0 is the model's own making. */
function countModelCalls(config: JsonObject, by: 1 | -1): JsonObject {
  const { layers, inputLayers, outputLayers } = config;
  if (!Array.isArray(layers) || !Array.isArray(inputLayers) || !Array.isArray(outputLayers)) return config;
  const entries = layers as readonly (JsonObject & { readonly name: string; readonly config: JsonObject })[];
  const models = new Set(entries.filter(entry => Array.isArray(entry.config.layers)).map(entry => entry.name));
  const counted = (reference: Json): Json => {
    const [layer, call, ...rest] = reference as unknown as Reference;
    return models.has(layer) ? [layer, call + by, ...rest] : reference;
  };
  return {
    ...config,
    layers: entries.map(entry => ({
      ...entry,
      inboundNodes: ((entry.inboundNodes ?? []) as readonly (readonly Json[])[]).map(node => node.map(counted)),
    })),
    inputLayers: inputLayers.map(counted),
    outputLayers: outputLayers.map(counted),
  };
}
