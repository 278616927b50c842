import { type ArrayLikeData, DataError, fromTensor, type HostArray, hostArray, isHostArray, options, Tensor } from '@jogak/ops';

/** Numbers in nested lists, all lists of one depth equally long: `[[0, 1], [2, 3]]`. */
export type NestedNumbers = readonly number[] | readonly boolean[] | readonly NestedNumbers[];

/** One model input or target, as users pass it. */
export type ArrayInput = Tensor | HostArray | NestedNumbers;

/** Data of all inputs or targets: one array, a list in the model's order, or arrays by name. */
export type ModelData = ArrayInput | readonly ArrayInput[] | { readonly [name: string]: ArrayInput };

/**
 * The arrays of a model's inputs or targets, on the host, in the model's order.
 *
 * @param data as the user passed it
 * @param names of the inputs or outputs, in order
 * @param what `x` or `y`, for messages
 * @throws {DataError} when arrays are missing, unknown, ragged, or of different length
 */
export function toArrays(data: ModelData, names: readonly string[], what: string): HostArray[] {
  const arrays = listOf(data, names, what).map((item, index) => toHost(item, names.length > 1 ? `${what} "${names[index]}"` : what));
  if (arrays.length !== names.length) {
    throw new DataError(`${what} must have ${names.length} arrays, ${names.map(name => `"${name}"`).join(', ')}; got ${arrays.length}`);
  }
  const samples = arrays[0]?.shape[0];
  for (const [index, array] of arrays.entries()) {
    if (array.shape.length === 0) throw new DataError(`${what} must have a batch axis; got a scalar`);
    if (array.shape[0] !== samples)
      throw new DataError(`${what} "${names[index]}" has ${array.shape[0]} samples, "${names[0]}" ${samples}: all must have as many`);
  }
  return arrays;
}

function listOf(data: ModelData, names: readonly string[], what: string): readonly ArrayInput[] {
  // In this order: tfjs-core's `instanceof Tensor` reads `data`, which a deferred array makes only when it is asked for.
  if (isHostArray(data) || data instanceof Tensor) return [data];
  if (Array.isArray(data)) {
    const items = data as readonly ArrayInput[];
    if (items.length > 0 && items.every(item => isHostArray(item) || item instanceof Tensor)) return items;
    // Nested lists: one for each input of a model that has several, else one for the only input.
    return names.length > 1 ? items : [data as NestedNumbers];
  }
  if (typeof data !== 'object' || data === null)
    throw new DataError(`${what} must be a tensor, a host array, nested lists of numbers, or several of these; got ${typeof data}`);
  if (Symbol.asyncIterator in data)
    throw new DataError(
      `${what} must be arrays, not a data set: give one to fit or evaluateDataset, or go through its batches with for await`,
    );
  if (ArrayBuffer.isView(data))
    throw new DataError(`${what} must have a shape: give hostArray(${what}, [samples, …]) instead of a ${data.constructor.name}`);
  const byName = data as { readonly [name: string]: ArrayInput };
  const unknown = Object.keys(byName).find(name => !names.includes(name));
  if (unknown !== undefined) throw new DataError(`${what} has no "${unknown}" in this model; there are: ${names.join(', ')}`);
  return names.map(name => {
    const item = byName[name];
    if (item === undefined) throw new DataError(`${what} lacks "${name}"`);
    return item;
  });
}

function toHost(item: ArrayInput, what: string): HostArray {
  if (isHostArray(item)) return item;
  if (item instanceof Tensor) return fromTensor(item);
  return fromNested(item, what);
}

/** @throws {DataError} when lists of one depth differ in length, or hold anything but numbers */
function fromNested(nested: NestedNumbers, what: string): HostArray {
  if (!Array.isArray(nested))
    throw new DataError(`${what} must be a tensor, a host array or nested lists of numbers; got ${typeof nested}`);
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  let next = 0;
  const visit = (value: unknown, depth: number, place: string): void => {
    if (depth < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[depth]) {
        const length = Array.isArray(value) ? `${value.length} elements` : String(value);
        throw new DataError(
          `${what} must be lists of equal length, ${shape[depth]} at this depth; got ${length} at ${place}. Pad sequences first (padSequences)`,
        );
      }
      for (const [index, item] of value.entries()) visit(item, depth + 1, `${place}[${index}]`);
      return;
    }
    if (typeof value !== 'number' && typeof value !== 'boolean')
      throw new DataError(`${what} must hold numbers; got ${Array.isArray(value) ? 'a list' : options.show(value)} at ${place}`);
    data[next++] = Number(value);
  };
  visit(nested, 0, what);
  return hostArray(data, shape);
}

/** Number of samples of a batch's data. */
export function samplesOf(data: ArrayLikeData): number {
  return data.shape[0] ?? 0;
}
