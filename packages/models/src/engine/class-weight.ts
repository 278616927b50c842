import { DataError, type HostArray, hostArray } from '@jogak/ops';

/** How much the samples of each class count, by the class' number. */
export interface ClassWeight {
  readonly [classNumber: number]: number;
}

/**
 * Weights of samples by their class; classes that are not named weigh 1, as in Keras.
 *
 * @param y class numbers `[samples]` or `[samples, 1]`, or one-hot rows `[samples, classes]`
 * @param sampleWeight weights that the result is multiplied by
 * @throws {DataError} for targets of more axes, a class that no sample has, or a weight that is not a finite number of 0 or more
 */
export function classWeights(y: HostArray, classWeight: ClassWeight, sampleWeight?: HostArray): HostArray {
  if (y.shape.length > 2)
    throw new DataError(
      `classWeight needs targets of one class a sample, [samples] or [samples, classes]; got [${y.shape.join(', ')}]. Use sampleWeight`,
    );
  const samples = y.shape[0] ?? 0;
  const classes = y.shape.length > 1 ? (y.shape.at(-1) as number) : 1;
  const classOf = (row: number): number => {
    if (classes === 1) return Number(y.data[row]);
    let best = 0;
    for (let column = 0; column < classes; column++) {
      const value = Number(y.data[row * classes + column]);
      if (value > 1)
        throw new DataError(
          `classWeight needs targets of one class a sample: class numbers, or one-hot rows; got ${value} in row ${row}. Use sampleWeight`,
        );
      if (value > Number(y.data[row * classes + best])) best = column;
    }
    return best;
  };
  const present = new Set<number>();
  const weights = Float32Array.from({ length: samples }, (_, row) => {
    const number = classOf(row);
    present.add(number);
    return (classWeight[number] ?? 1) * Number(sampleWeight?.data[row] ?? 1);
  });
  for (const [key, weight] of Object.entries(classWeight)) {
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new DataError(`classWeight: the weight of class ${key} must be a number, 0 or more; got ${weight}`);
    if (!present.has(Number(key)))
      throw new DataError(
        `classWeight names class ${key}, which no sample has; the targets have ${[...present].sort((a, b) => a - b).join(', ')}`,
      );
  }
  return hostArray(weights);
}
