import { ConfigError, DataError, type HostArray, hostArray, isHostArray } from '@jogak/ops';

/**
 * Class numbers as one-hot rows, as Keras' `to_categorical` does.
 *
 * @param y class numbers `[…]`, or a list of them
 * @param numClasses size of the new last axis @default the largest number plus one
 * @returns `float32 […, numClasses]`
 * @throws {DataError} when a number is no class from 0 to `numClasses` − 1.
 */
export function toCategorical(y: HostArray | ArrayLike<number>, numClasses?: number): HostArray {
  if (numClasses !== undefined && !(Number.isInteger(numClasses) && numClasses > 0))
    throw new ConfigError(`toCategorical: numClasses must be a positive integer; got ${numClasses}`);
  const labels = isHostArray(y) ? y : hostArray(Float64Array.from(y));
  const count = labels.data.length;
  let classes = numClasses ?? 0;
  for (let i = 0; i < count && numClasses === undefined; i++) classes = Math.max(classes, Math.floor(Number(labels.data[i])) + 1);
  const data = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) {
    const label = Number(labels.data[i]);
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new DataError(`toCategorical: label ${i} is ${label}; there are classes 0 to ${classes - 1}`);
    data[i * classes + label] = 1;
  }
  return hostArray(data, [...labels.shape, classes]);
}
