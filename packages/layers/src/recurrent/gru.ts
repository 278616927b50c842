import type { OptionTable } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { ownOptions } from './cell-options.js';
import { GRUCell, type GRUCellOptions, gruCellOptions } from './gru-cell.js';
import { type RecurrentOptions, recurrentOptions } from './recurrent-options.js';
import { RNN } from './rnn.js';

/** Options of {@link gru}. */
export interface GRUOptions extends GRUCellOptions, RecurrentOptions {}

const gruOptions: LayerTable<GRUOptions> = { ...recurrentOptions, ...gruCellOptions };

/**
 * Gated recurrent units.
 *
 * Input `[batch, time, features]`; what it gives, the options say: see {@link RNN}. Computed as one op over the whole sequence, unless
 * gates have dropout masks of their own.
 * Weights: those of {@link GRUCell}.
 *
 * @see https://keras.io/api/layers/recurrent_layers/gru/
 */
export class GRU extends RNN<GRUOptions> {
  static override readonly className = 'GRU';
  static override readonly options: OptionTable<object> = gruOptions;

  protected override makeCell(): GRUCell {
    return new GRUCell({ ...ownOptions(gruCellOptions, this.config), name: 'gru_cell', trainable: this.trainable });
  }
}

/** A {@link GRU} layer. */
export const gru = (given: GRUOptions): GRU => new GRU(given);
