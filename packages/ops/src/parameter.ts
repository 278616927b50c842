import { type DataType, type Tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { ConfigError, ShapeError } from './errors.js';
import { fromTensor, type HostArray } from './host-array.js';

/** Projects a weight onto the values it may have, after every update. */
export interface Constraint {
  apply(weight: Tensor): Tensor;
}

/** A penalty on a weight, a scalar that is added to the loss. */
export interface Regularizer {
  apply(weight: Tensor): Tensor;
}

/** Options of a {@link Parameter}. */
export interface ParameterOptions {
  /** Where the weight stands, as people and files see it: `dense/kernel`. */
  path: string;
  /** First value. Its buffer is shared with the caller's tensor until that is disposed of. */
  value: Tensor;
  /** @default true */
  trainable?: boolean;
  constraint?: Constraint | null;
  regularizer?: Regularizer | null;
}

let created = 0;

/**
 * A weight: made by layers, updated by optimizers, known to both without their knowing each other.
 *
 * Its `value` is one tfjs variable for as long as the parameter lives. Variables are named by `id`, which is unique in the
 * process, because tfjs-core refuses two of one name; `path` is free to be what people and files need.
 */
export class Parameter {
  readonly id: string;
  path: string;
  trainable: boolean;
  readonly constraint: Constraint | null;
  readonly regularizer: Regularizer | null;
  private readonly variable: Variable;

  constructor(options: ParameterOptions) {
    this.id = `jogak/parameter/${created++}`;
    this.path = options.path;
    this.trainable = options.trainable ?? true;
    this.constraint = options.constraint ?? null;
    this.regularizer = options.regularizer ?? null;
    this.variable = variable(options.value, this.trainable, this.id, options.value.dtype);
  }

  /** The variable with the values. @throws {ConfigError} when it was disposed of: with the model that the layer belongs to, for one */
  get value(): Variable {
    if (this.variable.isDisposed)
      throw new ConfigError(`the weight "${this.path}" was disposed of, with the layer or model that it belongs to`);
    return this.variable;
  }

  /** Last part of the path: `kernel` of `dense/kernel`. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  get shape(): number[] {
    return this.value.shape;
  }

  get dtype(): DataType {
    return this.value.dtype;
  }

  /** Number of elements. */
  get size(): number {
    return this.value.size;
  }

  /**
   * Takes the values of `value`, whose buffer is then shared with it until one of the two is disposed of.
   *
   * @throws {ShapeError} when shape or dtype are not this parameter's.
   */
  assign(value: Tensor): void {
    if (value.dtype !== this.dtype || value.shape.join() !== this.shape.join()) {
      throw new ShapeError(
        `weight "${this.path}" is ${this.dtype} of shape [${this.shape.join(', ')}]; got ${value.dtype} of shape [${value.shape.join(', ')}]`,
      );
    }
    this.value.assign(value);
  }

  /** {@link assign} of `update(value)`, with everything made on the way disposed of. */
  update(update: (value: Tensor) => Tensor): void {
    tidy(() => this.assign(update(this.value)));
  }

  /** A copy of the values, which later updates do not touch. */
  read(): HostArray {
    return fromTensor(this.value);
  }

  /** Frees the memory; the parameter is of no use afterwards. */
  dispose(): void {
    if (!this.variable.isDisposed) this.variable.dispose();
  }
}
