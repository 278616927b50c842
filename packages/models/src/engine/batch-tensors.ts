import type { Shape } from '@jogak/layers';
import { type Batch, cast, DataError, type HostArray, noteSource, ShapeError, type Tensor, toTensor } from '@jogak/ops';
import { type ModelData, samplesOf, toArrays } from './data.js';

/** A batch as tensors. */
export interface BatchTensors {
  readonly x: Tensor[];
  readonly y: Tensor[];
  readonly sampleWeight: Tensor | null;
  readonly samples: number;
}

/** What a model reads and gives, by which a batch is checked. */
export interface Interface {
  readonly name: string;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Null where they are not known. */
  readonly inputShapes: readonly (Shape | null)[];
  readonly inputDTypes: readonly ('float32' | 'int32' | 'bool')[];
}

/**
 * A batch as tensors of a model's types.
 *
 * @param withTargets whether `y` is needed
 * @throws {DataError} when parts are missing, or not of one length, or a sample weight is not finite
 * @throws {ShapeError} when an input has not the model's shape
 */
export function batchTensors(model: Interface, batch: Batch, withTargets: boolean): BatchTensors {
  const x = toArrays(batch.x as ModelData, model.inputNames, 'x');
  const samples = samplesOf(x[0] as HostArray);
  if (samples === 0) throw new DataError('a batch has no samples');
  const targets = withTargets ? targetsOf(model, batch, samples) : [];
  const weight =
    batch.sampleWeight === undefined ? undefined : toArrays(batch.sampleWeight as ModelData, ['sampleWeight'], 'sampleWeight')[0];
  const wrong = weight ? (weight.data as Float32Array).findIndex(value => !Number.isFinite(Number(value))) : -1;
  if (weight && wrong >= 0) throw new DataError(`sampleWeight ${weight.data[wrong]} at ${wrong} is not a finite number`);
  if (weight && samplesOf(weight) !== samples) throw new DataError(`sampleWeight has ${samplesOf(weight)} samples, x ${samples}`);
  return {
    x: x.map((array, index) => inputTensor(model, array, index)),
    y: targets.map(tensorOf),
    sampleWeight: weight ? cast(toTensor(weight), 'float32') : null,
    samples,
  };
}

function targetsOf(model: Interface, batch: Batch, samples: number): HostArray[] {
  if (batch.y === undefined) throw new DataError('targets are missing: give y beside x');
  const y = toArrays(batch.y as ModelData, model.outputNames, 'y');
  if (samplesOf(y[0] as HostArray) !== samples)
    throw new DataError(`x has ${samples} samples, y ${samplesOf(y[0] as HostArray)}: both must have as many`);
  return y;
}

/** @throws {ShapeError} `the model "m" reads x of shape [null, 28, 28, 1]; got [32, 28, 28]` */
function inputTensor(model: Interface, array: HostArray, index: number): Tensor {
  const expected = model.inputShapes[index];
  const fits =
    !expected || (array.shape.length === expected.length && expected.every((size, axis) => size === null || size === array.shape[axis]));
  if (!fits) {
    const name = model.inputNames.length > 1 ? `x "${model.inputNames[index]}"` : 'x';
    const shape = expected.map(size => size ?? 'null').join(', ');
    throw new ShapeError(`the model "${model.name}" reads ${name} of shape [${shape}]; got [${array.shape.join(', ')}]`);
  }
  const tensor = tensorOf(array);
  const dtype = model.inputDTypes[index] ?? 'float32';
  if (tensor.dtype === dtype) return tensor;
  const converted = cast(tensor, dtype);
  // A conversion of integers changes no number.
  if (tensor.dtype === 'int32' && dtype === 'float32') noteSource(converted, { array, tensor });
  return converted;
}

/** A tensor that knows the numbers it was made of. */
function tensorOf(array: HostArray): Tensor {
  const tensor = toTensor(array);
  noteSource(tensor, { array, tensor });
  return tensor;
}
