import {
  ConfigError,
  cast,
  type Json,
  mul,
  type OptionTable,
  Parameter,
  reshape,
  reverse,
  ShapeError,
  slice,
  type Tensor,
  zeros,
  zerosLike,
} from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { type CallContext, type Mask, onlyMask } from '../base/call-context.js';
import { detached } from '../base/detached.js';
import { heldLayer, reviveHeld } from '../base/held-layers.js';
import type { Layer, LayerConfig, LayerTable, Revive } from '../base/layer.js';
import { checkShape, type Shape, showShape } from '../base/shape.js';
import { listOf, RecurrentLayer } from './recurrent-layer.js';
import { type RecurrentOptions, recurrentOptions } from './recurrent-options.js';
import { repeatStep } from './repeat-step.js';
import { featuresOf, RNNCell, stepShape } from './rnn-cell.js';
import { StackedRNNCells } from './stacked-rnn-cells.js';
import { UnitsCell } from './units-cell.js';

/** Options of {@link rnn}. */
export interface RNNOptions extends RecurrentOptions {
  /** What is done at one step; a list is stacked. */
  cell: RNNCell | readonly RNNCell[];
}

const held = heldLayer(RNNCell, 'a recurrent cell, or a list of them');

const rnnOptions: LayerTable<RNNOptions> = {
  ...recurrentOptions,
  cell: {
    required: true,
    parse: value => (Array.isArray(value) ? new StackedRNNCells({ cells: value }) : held.parse(value)),
    serialize: cell => held.serialize(cell as RNNCell),
  },
};

/**
 * Runs a cell over a sequence.
 *
 * Input `[batch, time, features]` (for a cell of one's own also more axes), or `[x, ...states]` with the states to begin with. Output
 * `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with `returnState`, `[output, ...states]`. The weights are the cell's.
 *
 * Where the mask `[batch, time]` is false, a step leaves the state as it is, and its output is that of the step before. With
 * `returnSequences` the mask goes on to the next layer, as it is, also with `goBackwards`, as in Keras.
 *
 * @throws {ShapeError} when the input has no time axis, or no steps, or the states do not fit
 * @throws {ConfigError} when it is stateful and the batch size is not fixed
 * @see https://keras.io/api/layers/recurrent_layers/rnn/
 */
export class RNN<Options extends RecurrentOptions = RNNOptions> extends RecurrentLayer<Options> {
  static override readonly className: string = 'RNN';
  static override readonly options: OptionTable<object> = rnnOptions;
  readonly cell: RNNCell;
  /** The states that a stateful layer keeps from batch to batch, once it is built; each `[batch, size]`. No weights: files do not hold them. */
  states: Parameter[] | null = null;

  constructor(given: Options) {
    super(given);
    this.cell = this.makeCell();
  }

  /** The cell that the options say. */
  protected makeCell(): RNNCell {
    return (this.config as unknown as { cell: RNNCell }).cell;
  }

  /** The options that all recurrent layers have. */
  protected get loop(): LayerConfig<RecurrentOptions> {
    return this.config as unknown as LayerConfig<RecurrentOptions>;
  }

  /** Whether a batch begins where the one before ended. */
  get stateful(): boolean {
    return this.loop.stateful;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = stepShape(inputShape);
    this.checkSequence(shape);
    if (this.cell instanceof UnitsCell) featuresOf(shape, this.describe());
    this.cell.ensureBuilt([shape[0] ?? null, ...shape.slice(2)]);
    if (this.stateful) this.makeStates(shape);
  }

  private makeStates(shape: Shape): void {
    const [batch] = shape;
    if (typeof batch !== 'number') {
      throw new ConfigError(
        `${this.describe()} is stateful, so its batch size must be fixed: give batchInputShape, or batchSize, to the first layer; got an input of ${showShape(shape)}`,
      );
    }
    this.states = this.cell.stateSizes.map(size => {
      const value = zeros([batch, size]);
      return new Parameter({ path: `${this.path}/rnn_state`, value, trainable: false });
    });
  }

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[] {
    const { returnSequences, returnState, goBackwards, zeroOutputForMask } = this.loop;
    const [x, ...given] = listOf(inputs) as [Tensor, ...Tensor[]];
    this.checkSequence(x.shape);
    const mask = this.checkMask(onlyMask(context.mask), x.shape);
    const run = { mask, goBackwards };
    const initial = this.initialStates(x.shape[0] as number, given.length > 0 ? given : context.initialState);
    const sequences = asFloat(x);
    const { sequence, last, states } =
      this.cell.sequence(sequences, initial, run, context) ?? repeatStep(this.cell, sequences, initial, run, context);
    for (const [index, state] of this.states?.entries() ?? []) state.assign(states[index] as Tensor);
    let output = returnSequences ? sequence : last;
    if (mask && zeroOutputForMask) output = zeroWhereMasked(output, mask, this.loop);
    return returnState ? [output, ...states] : output;
  }

  private initialStates(batch: number, given: readonly Tensor[] | undefined): readonly Tensor[] {
    const kept = this.states?.[0]?.shape[0];
    if (kept !== undefined && kept !== batch) {
      throw new ShapeError(`${this.describe()} is stateful and keeps the states of ${kept} samples; got a batch of ${batch}`);
    }
    if (given) return this.checkStates(batch, given).map(asFloat);
    if (this.states) return this.states.map(state => state.value);
    // States of one size may be one tensor.
    const made = new Map<number, Tensor>();
    return this.cell.stateSizes.map(size => {
      const state = made.get(size) ?? zeros([batch, size]);
      made.set(size, state);
      return state;
    });
  }

  private checkStates(batch: number, given: readonly Tensor[]): readonly Tensor[] {
    const wanted = this.cell.stateSizes.map(size => showShape([batch, size])).join(', ');
    const got = given.map(state => showShape(state.shape)).join(', ');
    if (wanted !== got) throw new ShapeError(`${this.describe()} needs initial states of shapes ${wanted}; got ${got}`);
    return given;
  }

  private checkMask(mask: Mask, shape: Shape): Mask {
    if (!mask) return null;
    if (mask.shape.join() !== shape.slice(0, 2).join())
      throw new ShapeError(
        `${this.describe()} needs a mask of shape ${showShape(shape.slice(0, 2))}, [batch, time]; got ${showShape(mask.shape)}`,
      );
    return detached(() => cast(mask, 'bool'));
  }

  private checkSequence(shape: Shape): void {
    if (shape.length === 2) {
      throw new ShapeError(
        `${this.describe()} needs an input of rank 3, [batch, time, features]; got rank 2, ${showShape(shape)}: set returnSequences: true on the recurrent layer before it`,
      );
    }
    const rank = this.cell instanceof UnitsCell ? { rank: 3 } : { minRank: 3 };
    checkShape(shape, { ...rank, meaning: '[batch, time, features]', axes: this.cell.inputSpec?.axes ?? {} }, this.describe());
    if (shape[1] === 0) throw new ShapeError(`${this.describe()} needs a sequence of one step or more; got ${showShape(shape)}`);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const shape = stepShape(inputShape);
    this.checkSequence(shape);
    const [batch = null, time = null] = shape;
    const { outputSize, stateSizes } = this.cell;
    const output = this.loop.returnSequences ? [batch, time, outputSize] : [batch, outputSize];
    return this.loop.returnState ? [output, ...stateSizes.map(size => [batch, size])] : output;
  }

  override computeMask(_inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask | readonly Mask[] {
    const { returnSequences, returnState } = this.loop;
    const output = returnSequences ? onlyMask(mask) : null;
    return returnState ? [output, ...this.cell.stateSizes.map(() => null)] : output;
  }

  /**
   * Sets the states that a stateful layer keeps to zero, or to `states`, of which the values are taken over.
   *
   * @throws {ConfigError} when the layer is not stateful, or not built and there are states to be set
   * @throws {ShapeError} when `states` do not fit
   */
  override resetStates(states?: Tensor | readonly Tensor[]): void {
    if (!this.stateful) throw new ConfigError(`${this.describe()} keeps no states to reset: make it with stateful: true`);
    const given = states && listOf(states);
    if (!this.states) {
      if (given) throw new ConfigError(`${this.describe()} is not built: call it once, or put it into a model, before setting its states`);
      return;
    }
    const [first] = this.states as [Parameter, ...Parameter[]];
    const values = given && this.checkStates(first.shape[0] as number, given);
    for (const [index, state] of this.states.entries()) state.update(value => values?.[index] ?? zerosLike(value));
  }

  override keptStates(): Parameter[] {
    return [...(this.states ?? []), ...super.keptStates()];
  }

  override dispose(): void {
    super.dispose();
    for (const state of this.states ?? []) state.dispose();
    this.states = null;
  }

  static override fromConfig(this: new (config: never) => Layer, config: Readonly<Record<string, Json>>, revive: Revive): Layer {
    return new this(reviveHeld(config, ['cell'], revive) as never);
  }
}

/** `output` with zeros at the steps that are masked. */
function zeroWhereMasked(output: Tensor, mask: Tensor, { returnSequences, goBackwards }: LayerConfig<RecurrentOptions>): Tensor {
  const [batch, time] = mask.shape as [number, number];
  const ordered = goBackwards ? reverse(mask, 1) : mask;
  const kept = returnSequences ? ordered : slice(ordered, [0, time - 1], [batch, 1]);
  const ones = Array.from({ length: output.rank - (returnSequences ? 2 : 1) }, () => 1);
  return mul(output, cast(reshape(kept, [batch, ...(returnSequences ? [time] : []), ...ones]), 'float32'));
}

/** An {@link RNN} layer. */
export const rnn = (given: RNNOptions): RNN => new RNN(given);
