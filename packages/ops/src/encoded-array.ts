import { engine, oneHot, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { hasKernel } from './engine.js';
import { DataError } from './errors.js';
import { DeferredArray, type HostArray, type HostData } from './host-array.js';

/**
 * Name of the kernel by which a backend makes floats of bytes: no inputs; attributes `{bytes: Uint8Array, factor, shape}`; output, float32,
 * of `shape`: each byte times `factor`, the product taken in float64 and rounded once.
 */
export const SCALE_BYTES = 'JogakScaleBytes';

/** What the numbers of a host array become as it becomes a tensor: each times a factor, or a vector that is 1 at its place and else 0. */
type Encoding = { readonly kind: 'scale'; readonly factor: number } | { readonly kind: 'oneHot'; readonly depth: number };

/** A host array of float32 that another one stands for: pixels as bytes, words as ids. */
class EncodedArray extends DeferredArray {
  readonly dtype = 'float32';
  readonly shape: readonly number[];
  #data: Float32Array | undefined;

  constructor(
    readonly source: HostArray,
    readonly encoding: Encoding,
  ) {
    super();
    this.shape = encoding.kind === 'oneHot' ? [...source.shape, encoding.depth] : source.shape;
    if (encoding.kind === 'oneHot') checkIds(source.data, encoding.depth);
  }

  get data(): Float32Array {
    this.#data ??=
      this.encoding.kind === 'oneHot'
        ? oneHotValues(this.source.data, this.encoding.depth)
        : scaled(this.source.data, this.encoding.factor);
    return this.#data;
  }

  /** The numbers as a tensor. */
  toTensor(): Tensor {
    const { source, encoding } = this;
    const shape = [...this.shape];
    if (encoding.kind === 'oneHot')
      return tidy(() => oneHot(tensor(asIntegers(source.data), [...source.shape], 'int32'), encoding.depth, 1, 0, 'float32'));
    if (source.data instanceof Uint8Array && hasKernel(SCALE_BYTES))
      return engine().runKernel(SCALE_BYTES, {}, { bytes: source.data, factor: encoding.factor, shape } as never);
    return tensor(scaled(source.data, encoding.factor), shape);
  }
}

/**
 * `array`, each number times `factor`, float32. Where it becomes a tensor the backend makes the numbers: a batch of bytes stays one until then.
 */
export const scaleArray = (array: HostArray, factor: number): HostArray => new EncodedArray(array, { kind: 'scale', factor });

/**
 * For each id a vector of `depth` zeros with a one at the id, float32: `[…]` becomes `[…, depth]`. Where it becomes a tensor the backend makes
 * the vectors.
 *
 * @throws {DataError} for an id that is not a whole number from 0 to depth − 1
 */
export const oneHotArray = (ids: HostArray, depth: number): HostArray => new EncodedArray(ids, { kind: 'oneHot', depth });

/** A copy. (`from` with a function takes a hundred times as long as the constructor, which takes no 64-bit integers.) */
const asIntegers = (ids: HostData): Int32Array =>
  ids instanceof BigInt64Array ? Int32Array.from(ids, Number) : new Int32Array(ids as Int32Array);

function checkIds(ids: HostData, depth: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = Number(ids[i]);
    if (!Number.isInteger(id) || id < 0 || id >= depth) throw new DataError(`id ${id} is out of range: ids must be 0 to ${depth - 1}`);
  }
}

function scaled(numbers: HostData, factor: number): Float32Array {
  const data = new Float32Array(numbers.length);
  for (let i = 0; i < data.length; i++) data[i] = Number(numbers[i]) * factor;
  return data;
}

function oneHotValues(ids: HostData, depth: number): Float32Array {
  const data = new Float32Array(ids.length * depth);
  for (let i = 0; i < ids.length; i++) data[i * depth + Number(ids[i])] = 1;
  return data;
}
