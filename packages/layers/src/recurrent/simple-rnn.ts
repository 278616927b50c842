import type { OptionTable } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { cellOptions, ownOptions } from './cell-options.js';
import { type RecurrentOptions, recurrentOptions } from './recurrent-options.js';
import { RNN } from './rnn.js';
import { SimpleRNNCell, type SimpleRNNCellOptions } from './simple-rnn-cell.js';

/** Options of {@link simpleRNN}. */
export interface SimpleRNNOptions extends SimpleRNNCellOptions, RecurrentOptions {}

const simpleRNNOptions: LayerTable<SimpleRNNOptions> = { ...recurrentOptions, ...cellOptions };

/**
 * Fully recurrent layer: each step's output is fed back into the next one.
 *
 * Input `[batch, time, features]`; what it gives, the options say: see {@link RNN}. Computed as one op over the whole sequence, unless
 * gates have dropout masks of their own.
 * Weights: those of {@link SimpleRNNCell}.
 *
 * @see https://keras.io/api/layers/recurrent_layers/simple_rnn/
 */
export class SimpleRNN extends RNN<SimpleRNNOptions> {
  static override readonly className = 'SimpleRNN';
  static override readonly options: OptionTable<object> = simpleRNNOptions;

  protected override makeCell(): SimpleRNNCell {
    return new SimpleRNNCell({ ...ownOptions(cellOptions, this.config), name: 'simple_rnn_cell', trainable: this.trainable });
  }
}

/** A {@link SimpleRNN} layer. */
export const simpleRNN = (given: SimpleRNNOptions): SimpleRNN => new SimpleRNN(given);
