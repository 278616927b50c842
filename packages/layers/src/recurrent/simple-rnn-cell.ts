import { add, simpleRnn, type Tensor } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { type CellOptions, cellOptions } from './cell-options.js';
import { type DropoutMasks, type SequenceOptions, type SequenceOutputs, UnitsCell } from './units-cell.js';

/** Options of {@link simpleRNNCell}. */
export type SimpleRNNCellOptions = CellOptions;

/**
 * One step of a fully recurrent layer: `h' = activation(x · kernel + bias + h · recurrentKernel)`.
 *
 * Inputs `x [batch, features]`, `h [batch, units]`; outputs `h'` twice: the output, and the state.
 * Weights: `kernel [features, units]`, `recurrent_kernel [units, units]`, `bias [units]`.
 *
 * @see https://keras.io/api/layers/recurrent_layers/simple_rnn_cell/
 */
export class SimpleRNNCell extends UnitsCell<SimpleRNNCellOptions> {
  static override readonly className = 'SimpleRNNCell';
  static override readonly options: LayerTable<SimpleRNNCellOptions> = cellOptions;
  protected override readonly gates = 1;

  protected override step(x: Tensor, [h]: readonly [Tensor], masks: DropoutMasks): readonly Tensor[] {
    const input = this.project(x, this.kernel.value, masks.input);
    const recurrent = this.project(h, this.recurrentKernel.value, masks.recurrent);
    const next = this.config.activation(add(this.bias ? add(input, this.bias.value) : input, recurrent));
    return [next, next];
  }

  protected override sequenceOp(given: SequenceOptions): SequenceOutputs {
    return simpleRnn({ ...given, activation: this.config.activation });
  }
}

/** A {@link SimpleRNNCell}, for {@link rnn}. */
export const simpleRNNCell = (given: SimpleRNNCellOptions): SimpleRNNCell => new SimpleRNNCell(given);
