import { type DataType, eye, fill, mul, ones, options, ShapeError, type Tensor, zeros } from '@jogak/ops';
import type { TableOf } from '../base/configurable.js';
import { Initializer } from './initializer.js';

/** Zeros. */
export class Zeros extends Initializer {
  static override readonly className = 'Zeros';

  override apply(shape: number[], dtype: DataType = 'float32'): Tensor {
    return zeros(shape, dtype);
  }
}

/** Ones. */
export class Ones extends Initializer {
  static override readonly className = 'Ones';

  override apply(shape: number[], dtype: DataType = 'float32'): Tensor {
    return ones(shape, dtype);
  }
}

/** Options of {@link constant}. */
export interface ConstantOptions {
  /** @default 0 */
  value?: number;
}

/** One number everywhere. */
export class Constant extends Initializer<ConstantOptions> {
  static override readonly className = 'Constant';
  static override readonly options: TableOf<ConstantOptions> = { value: options.number(0) };

  override apply(shape: number[], dtype: DataType = 'float32'): Tensor {
    return fill(shape, this.config.value, dtype);
  }
}

/** Options of {@link identity}. */
export interface IdentityOptions {
  /** What the ones are multiplied by. @default 1 */
  gain?: number;
}

/**
 * The identity matrix; where it is not square, as much of it as fits.
 *
 * @throws {ShapeError} for anything but a matrix
 */
export class Identity extends Initializer<IdentityOptions> {
  static override readonly className = 'Identity';
  static override readonly options: TableOf<IdentityOptions> = { gain: options.number(1) };

  override apply(shape: number[]): Tensor {
    if (shape.length !== 2) throw new ShapeError(`identity makes matrices; got shape [${shape.join(', ')}]`);
    return mul(eye(shape[0] as number, shape[1] as number), this.config.gain);
  }
}

export const zerosInitializer = (): Zeros => new Zeros({});
export const onesInitializer = (): Ones => new Ones({});
export const constant = (given: ConstantOptions = {}): Constant => new Constant(given);
export const identity = (given: IdentityOptions = {}): Identity => new Identity(given);
