import { addProduct, padded, paddedTranspose } from './product.js';

/** The gradients of `state · weights`, a product that is repeated at every step: to the state of that step, and summed over all steps to the weights. */
export class RecurrentProductGrad {
  /** Gradient of the weights, `[units, padded(columns)]`. */
  readonly dWeights: Float64Array;
  private readonly transposedWeights: Float64Array;
  private readonly transposedState: Float64Array;

  /** @param weights `[units, columns]` */
  constructor(
    weights: ArrayLike<number>,
    private readonly batch: number,
    private readonly units: number,
    private readonly columns: number,
  ) {
    this.dWeights = new Float64Array(units * padded(columns));
    this.transposedWeights = paddedTranspose(weights, units, columns);
    this.transposedState = new Float64Array(units * batch);
  }

  /**
   * Adds the gradients of one step: to `dState` and to {@link dWeights}.
   *
   * @param state `[batch, padded(units)]`
   * @param dProduct `[batch, padded(columns)]`
   * @param dState `[batch, padded(units)]`
   */
  step(state: Float64Array, dProduct: Float64Array, dState: Float64Array): void {
    const { batch, units, columns, transposedState } = this;
    const stride = padded(columns);
    const stateStride = padded(units);
    addProduct(dProduct, stride, this.transposedWeights, dState, batch, columns, stateStride);
    for (let unit = 0, to = 0; unit < units; unit++)
      for (let row = 0; row < batch; row++) transposedState[to++] = state[row * stateStride + unit]!;
    addProduct(transposedState, batch, dProduct, this.dWeights, units, batch, stride);
  }
}
