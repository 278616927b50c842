import { type Json, type Option, options, type Tensor } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import { heldLayer, reviveHeld } from '../base/held-layers.js';
import type { Layer, LayerOptions, LayerTable, Revive } from '../base/layer.js';
import type { Shape } from '../base/shape.js';
import { RNNCell, type Step, stepShape } from './rnn-cell.js';

/** Options of {@link stackedRNNCells}. */
export interface StackedRNNCellsOptions extends LayerOptions {
  /** The cells, from the input up. */
  cells: readonly RNNCell[];
}

const held = heldLayer(RNNCell, 'a recurrent cell');

const cellsOption: Option<readonly RNNCell[]> = {
  required: true,
  parse: value => {
    if (!Array.isArray(value) || !value.length) throw new options.Expected('a list of recurrent cells, not empty');
    return value.map(held.parse);
  },
  serialize: cells => cells.map(held.serialize),
};

/**
 * Several cells as one: each reads the output of the one below. The states of all of them, from the input up, are its states.
 *
 * @see https://keras.io/api/layers/recurrent_layers/stacked_rnn_cells/
 */
export class StackedRNNCells extends RNNCell<StackedRNNCellsOptions> {
  static override readonly className = 'StackedRNNCells';
  static override readonly options: LayerTable<StackedRNNCellsOptions> = { cells: cellsOption };
  readonly cells: readonly RNNCell[];

  constructor(given: StackedRNNCellsOptions) {
    super(given);
    this.cells = this.config.cells;
  }

  get stateSize(): readonly number[] {
    return this.cells.flatMap(cell => cell.stateSizes);
  }

  override get outputSize(): number {
    return (this.cells.at(-1) as RNNCell).outputSize;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    let shape = stepShape(inputShape);
    for (const cell of this.cells) {
      cell.ensureBuilt(shape);
      shape = [shape[0] ?? null, cell.outputSize];
    }
  }

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor[] {
    const [x, ...states] = inputs as [Tensor, ...Tensor[]];
    return [...this.begin(x.shape[0] as number, context)(x, states)];
  }

  override begin(batch: number, context: CallContext): Step {
    const steps = this.cells.map(cell => cell.begin(batch, context));
    return (x, states) => {
      let output = x;
      const next = this.split(states).flatMap((own, index) => {
        const [above, ...rest] = (steps[index] as Step)(output, own);
        output = above as Tensor;
        return rest;
      });
      return [output, ...next];
    };
  }

  override initialOutput(states: readonly Tensor[]): Tensor {
    return (this.cells.at(-1) as RNNCell).initialOutput(this.split(states).at(-1) as Tensor[]);
  }

  /** The states of each cell. */
  private split(states: readonly Tensor[]): Tensor[][] {
    let start = 0;
    return this.cells.map(cell => {
      const end = start + cell.stateSizes.length;
      const own = states.slice(start, end);
      start = end;
      return own;
    });
  }

  static override fromConfig(this: new (config: never) => Layer, config: Readonly<Record<string, Json>>, revive: Revive): Layer {
    return new this(reviveHeld(config, ['cells'], revive) as never);
  }
}

/** {@link StackedRNNCells}, for {@link rnn}. */
export const stackedRNNCells = (given: StackedRNNCellsOptions): StackedRNNCells => new StackedRNNCells(given);
