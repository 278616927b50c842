import { add, lstm as lstmOp, mul, options, split, type Tensor } from '@jogak/ops';
import type { LayerTable, WeightOptions } from '../base/layer.js';
import { type GatedCellOptions, gatedCellOptions } from './cell-options.js';
import { UnitForgetBias } from './unit-forget-bias.js';
import { type DropoutMasks, type SequenceOptions, type SequenceOutputs, UnitsCell } from './units-cell.js';

/** Options of {@link lstmCell}. */
export interface LSTMCellOptions extends GatedCellOptions {
  /** Whether the bias of the forget gate starts from ones. @default true */
  unitForgetBias?: boolean;
}

/** The table of {@link LSTMCellOptions}. */
export const lstmCellOptions: LayerTable<LSTMCellOptions> = { ...gatedCellOptions, unitForgetBias: options.boolean(true) };

/**
 * One step of long short-term memory. With `z = x · kernel + bias + h · recurrentKernel`, in blocks of `units` columns for the
 * input gate, the forget gate, the candidate and the output gate, and σ the recurrent activation:
 *
 *     c' = σ(z₁) · c + σ(z₀) · activation(z₂)
 *     h' = σ(z₃) · activation(c')
 *
 * Inputs `x [batch, features]`, `h` and `c [batch, units]`; outputs `[h', h', c']`: the output, and the states.
 * Weights: `kernel [features, 4 · units]`, `recurrent_kernel [units, 4 · units]`, `bias [4 · units]`.
 *
 * @see Hochreiter and Schmidhuber, "Long short-term memory", 1997; https://keras.io/api/layers/recurrent_layers/lstm_cell/
 */
export class LSTMCell extends UnitsCell<LSTMCellOptions> {
  static override readonly className = 'LSTMCell';
  static override readonly options: LayerTable<LSTMCellOptions> = lstmCellOptions;
  protected override readonly gates = 4;

  override get stateSize(): readonly number[] {
    return [this.config.units, this.config.units];
  }

  protected override biasOptions(): Partial<WeightOptions> {
    const { unitForgetBias, biasInitializer } = this.config;
    return unitForgetBias ? { initializer: new UnitForgetBias(biasInitializer) } : {};
  }

  protected override step(x: Tensor, [h, c]: readonly [Tensor, Tensor], masks: DropoutMasks): readonly Tensor[] {
    const { activation, recurrentActivation } = this.config;
    const products = add(this.project(x, this.kernel.value, masks.input), this.project(h, this.recurrentKernel.value, masks.recurrent));
    const z = split(this.bias ? add(products, this.bias.value) : products, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const cell = add(mul(recurrentActivation(z[1]), c), mul(recurrentActivation(z[0]), activation(z[2])));
    const next = mul(recurrentActivation(z[3]), activation(cell));
    return [next, next, cell];
  }

  protected override sequenceOp(given: SequenceOptions): SequenceOutputs {
    const { activation, recurrentActivation } = this.config;
    return lstmOp({ ...given, activation, recurrentActivation });
  }
}

/** An {@link LSTMCell}, for {@link rnn}. */
export const lstmCell = (given: LSTMCellOptions): LSTMCell => new LSTMCell(given);
