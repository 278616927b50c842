import type { Layer } from '@jogak/layers';
import { FormatError, type HostArray, hostArray, io, type Parameter, sizeOf, toTensor } from '@jogak/ops';
import { Model } from '../engine/model.js';
import { joinBytes } from './join-bytes.js';

/** A weight and the name that files have for it. */
export interface NamedWeight {
  readonly name: string;
  readonly parameter: Parameter;
}

/** The weights in Keras' order, under names that are unique and that tfjs-layers knows: `dense/kernel`, `lstm/lstm_cell/kernel`. */
export function namedWeights(model: Model): NamedWeight[] {
  const taken = new Set<string>();
  const names = new Map<Parameter, string>();
  for (const layer of leaves(model)) {
    for (const parameter of layer.weights) {
      if (names.has(parameter)) continue;
      const short = nameWithin(layer, parameter);
      let name = taken.has(short) ? parameter.path : short;
      for (let copy = 1; taken.has(name); copy++) name = `${short}_${copy}`;
      taken.add(name);
      names.set(parameter, name);
    }
  }
  return model.weights.map(parameter => ({ name: names.get(parameter) as string, parameter }));
}

/** The layers that are no models, and last the model itself, which may have weights of its own. */
function leaves(model: Model): Layer[] {
  return [...model.layers.flatMap(layer => (layer instanceof Model ? leaves(layer) : [layer as Layer])), model as unknown as Layer];
}

/** The path of a weight from its layer on: which models the layer stands in is of no account. */
function nameWithin(layer: Layer, { path }: Parameter): string {
  const parts = path.split('/');
  const start = parts.lastIndexOf(layer.name, parts.length - 2);
  return start < 0 ? path : parts.slice(start).join('/');
}

/** Weights as a file holds them: one behind the other, and what they are. */
export interface EncodedWeights {
  readonly specs: io.WeightsManifestEntry[];
  readonly data: ArrayBuffer;
}

/** @param group `optimizer`, so that nobody takes them for weights of the model */
export function encodeWeights(weights: readonly (readonly [name: string, array: HostArray])[], group?: 'optimizer'): EncodedWeights {
  const specs = weights.map(
    ([name, { shape, dtype }]): io.WeightsManifestEntry => ({
      name,
      shape: [...shape],
      dtype: dtype as 'float32',
      ...(group ? { group } : {}),
    }),
  );
  const parts = weights.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return { specs, data: joinBytes(parts).buffer };
}

/** Bytes of one number in a file; weights may be kept in fewer bits than they have. */
const widths: Readonly<Record<string, number>> = { float32: 4, int32: 4, complex64: 8, bool: 1, uint8: 1, uint16: 2, float16: 2 };

/**
 * The weights of a file, by name.
 *
 * @param where the file, as messages name it
 * @throws {FormatError} when there are more or fewer bytes than `specs` say
 */
export function decodeWeights(specs: readonly io.WeightsManifestEntry[], data: ArrayBuffer, where: string): Map<string, HostArray> {
  const expected = specs.reduce((sum, { shape, dtype, quantization }) => {
    const width = widths[quantization?.dtype ?? dtype];
    if (width === undefined) throw new FormatError(`${where} has weights of the type ${dtype}, which is not known`);
    return sum + sizeOf(shape) * width;
  }, 0);
  if (data.byteLength !== expected) {
    const why = data.byteLength < expected ? 'it is cut off' : 'it belongs to another model';
    throw new FormatError(
      `${where} should have ${expected} bytes of weights; got ${data.byteLength}: ${why}. Save or copy the model again`,
    );
  }
  const tensors = io.decodeWeights(data, [...specs]);
  return new Map(
    specs.map(({ name, shape }) => {
      const tensor = tensors[name] as (typeof tensors)[string];
      const values = tensor.dataSync().slice() as Float32Array;
      tensor.dispose();
      return [name, hostArray(values, shape, tensor.dtype as 'float32')];
    }),
  );
}

/**
 * Gives a model the weights of a file: by name; by name without the cell's, which not all files have; else in order, where all shapes fit.
 *
 * @throws {FormatError} when they are not this model's; then no weight is changed
 */
export function assignWeights(model: Model, values: ReadonlyMap<string, HostArray>, where: string): void {
  const weights = namedWeights(model);
  const names = [...values.keys()];
  const matched = matchNames(weights, names) ?? inOrder(weights, [...values.entries()]);
  if (!matched) {
    throw new FormatError(
      `${where} holds other weights than the model "${model.name}" has. It has ${list(weights.map(({ name, parameter }) => show(name, parameter.shape)))}; the file ${list([...values].map(([name, { shape }]) => show(name, shape)))}`,
    );
  }
  const arrays = matched.map(name => values.get(name) as HostArray);
  for (const [index, { name, parameter }] of weights.entries()) {
    const { shape } = arrays[index] as HostArray;
    if (shape.join() !== parameter.shape.join())
      throw new FormatError(
        `${where}: the weight "${name}" has shape [${shape.join(', ')}]; the model "${model.name}" needs [${parameter.shape.join(', ')}]`,
      );
  }
  for (const [index, { parameter }] of weights.entries()) {
    const tensor = toTensor(arrays[index] as HostArray);
    parameter.assign(tensor);
    tensor.dispose();
  }
}

/** The file's name for each weight; null when one has none, or the file has more. */
function matchNames(weights: readonly NamedWeight[], names: readonly string[]): string[] | null {
  if (weights.length !== names.length) return null;
  for (const key of [(name: string) => name, withoutCell]) {
    const byKey = new Map(names.map(name => [key(name), name]));
    const found = weights.map(({ name }) => byKey.get(key(name)));
    if (byKey.size === names.length && found.every(name => name !== undefined)) return found as string[];
  }
  return null;
}

/** `lstm/lstm_cell/kernel:0` → `lstm/kernel`. */
function withoutCell(name: string): string {
  const parts = name.replace(/:\d+$/, '').split('/');
  return parts.length > 2 ? [...parts.slice(0, -2), parts.at(-1)].join('/') : parts.join('/');
}

function inOrder(weights: readonly NamedWeight[], entries: readonly (readonly [string, HostArray])[]): string[] | null {
  const fit =
    weights.length === entries.length &&
    weights.every(({ parameter }, index) => entries[index]?.[1].shape.join() === parameter.shape.join());
  return fit ? entries.map(([name]) => name) : null;
}

const show = (name: string, shape: readonly number[]): string => `${name} [${shape.join(', ')}]`;

function list(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  return items.length > 6 ? `${items.slice(0, 6).join(', ')} and ${items.length - 6} more` : items.join(', ');
}
