import { concat1d, type DataType, getRandomSeed, ones, type RandomKey, randomKey, type Tensor, type Tensor1D } from '@jogak/ops';
import { Initializer } from '../initializers/initializer.js';

/**
 * First bias of an LSTM: ones for the forget gate, so that a new cell remembers; another initializer's values for the other gates.
 *
 * @see Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network architectures", 2015
 */
export class UnitForgetBias extends Initializer {
  static override readonly className = 'UnitForgetBias';

  constructor(private readonly others: Initializer) {
    super({});
  }

  /** @param shape `[4 · units]`, in the order i, f, c, o */
  override apply(shape: number[], dtype: DataType = 'float32', key: RandomKey = randomKey(getRandomSeed())): Tensor {
    const units = (shape[0] as number) / 4;
    return concat1d([
      this.others.apply([units], dtype, key) as Tensor1D,
      ones([units], 'float32') as Tensor1D,
      this.others.apply([2 * units], dtype, randomKey(key.k0, key.k1)) as Tensor1D,
    ]);
  }
}
