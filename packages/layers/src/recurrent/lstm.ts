import type { OptionTable } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { ownOptions } from './cell-options.js';
import { LSTMCell, type LSTMCellOptions, lstmCellOptions } from './lstm-cell.js';
import { type RecurrentOptions, recurrentOptions } from './recurrent-options.js';
import { RNN } from './rnn.js';

/** Options of {@link lstm}. */
export interface LSTMOptions extends LSTMCellOptions, RecurrentOptions {}

const lstmOptions: LayerTable<LSTMOptions> = { ...recurrentOptions, ...lstmCellOptions };

/**
 * Long short-term memory.
 *
 * Input `[batch, time, features]`; what it gives, the options say: see {@link RNN}. Computed as one op over the whole sequence, unless
 * gates have dropout masks of their own.
 * Weights: those of {@link LSTMCell}. States: h and c.
 *
 * @see https://keras.io/api/layers/recurrent_layers/lstm/
 */
export class LSTM extends RNN<LSTMOptions> {
  static override readonly className = 'LSTM';
  static override readonly options: OptionTable<object> = lstmOptions;

  protected override makeCell(): LSTMCell {
    return new LSTMCell({ ...ownOptions(lstmCellOptions, this.config), name: 'lstm_cell', trainable: this.trainable });
  }
}

/** A {@link LSTM} layer. */
export const lstm = (given: LSTMOptions): LSTM => new LSTM(given);
