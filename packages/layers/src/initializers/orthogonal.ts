import { normalValues, options, type RandomKey, ShapeError, sizeOf, type Tensor, tensor } from '@jogak/ops';
import type { TableOf } from '../base/configurable.js';
import { RandomInitializer, type SeedOptions, seedOption } from './initializer.js';

/** Options of {@link orthogonal}. */
export interface OrthogonalOptions extends SeedOptions {
  /** What the matrix is multiplied by. @default 1 */
  gain?: number;
}

/**
 * A random matrix whose columns (or rows, where they are fewer) are orthonormal: the Q of the QR decomposition of normal values.
 * A tensor of more axes is taken as a matrix with its last axis for columns.
 *
 * @throws {ShapeError} for a vector
 * @see Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2013
 */
export class Orthogonal extends RandomInitializer<OrthogonalOptions> {
  static override readonly className = 'Orthogonal';
  static override readonly options: TableOf<OrthogonalOptions> = { gain: options.number(1), seed: seedOption };

  protected override draw(shape: number[], key: RandomKey): Tensor {
    if (shape.length < 2) throw new ShapeError(`orthogonal makes tensors of rank 2 or more; got shape [${shape.join(', ')}]`);
    const columns = shape.at(-1) as number;
    const rows = sizeOf(shape.slice(0, -1));
    const long = Math.max(rows, columns);
    const short = Math.min(rows, columns);
    const vectors = orthonormal(Float64Array.from(normalValues(key, [long, short])), long, short);
    const matrix = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = rows >= columns ? vectors[column * long + row] : vectors[row * long + column];
        matrix[row * columns + column] = this.config.gain * (value as number);
      }
    }
    return tensor(matrix, shape, 'float32');
  }
}

/**
 * `count` orthonormal vectors of `length`, one after another, from as many random ones: Gram and Schmidt's method in its modified
 * form, done twice, which is as orthogonal as Householder's and a few lines. Lengths are divided by positive norms, so the result
 * is distributed uniformly, as that of a QR decomposition is once signs are fixed.
 */
function orthonormal(vectors: Float64Array, length: number, count: number): Float64Array {
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * length, (i + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = vectors.subarray(j * length, (j + 1) * length);
        const projection = vector.reduce((sum, value, k) => sum + value * (other[k] as number), 0);
        for (let k = 0; k < length; k++) vector[k] = (vector[k] as number) - projection * (other[k] as number);
      }
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < length; k++) vector[k] = (vector[k] as number) / norm;
  }
  return vectors;
}

export const orthogonal = (given: OrthogonalOptions = {}): Orthogonal => new Orthogonal(given);
