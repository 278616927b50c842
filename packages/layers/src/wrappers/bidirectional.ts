import { add, ConfigError, concat, div, type Json, mul, options, reverse, type Tensor } from '@jogak/ops';
import { type CallContext, type Mask, onlyMask } from '../base/call-context.js';
import { heldLayer, reviveHeld } from '../base/held-layers.js';
import type { Layer, LayerOptions, LayerTable, Revive } from '../base/layer.js';
import { isShape, type Shape } from '../base/shape.js';
import { listOf, RecurrentLayer } from '../recurrent/recurrent-layer.js';
import type { RecurrentOptions } from '../recurrent/recurrent-options.js';
import { RNN } from '../recurrent/rnn.js';
import { stepShape } from '../recurrent/rnn-cell.js';
import { recreate } from './recreate.js';

/** A recurrent layer of any kind. */
type AnyRNN = RNN<RecurrentOptions>;

/** Options of {@link bidirectional}. */
export interface BidirectionalOptions extends LayerOptions {
  /** Reads the sequence forwards: `lstm({ units: 8 })`. Its options are taken over, its weights are not. */
  layer: AnyRNN;
  /** How the outputs of both directions become one: side by side along the last axis, or by an operation; null leaves them two. @default 'concat' */
  mergeMode?: 'concat' | 'sum' | 'mul' | 'ave' | null;
  /** Reads it backwards; its options are taken over. @default null: as `layer`, with `goBackwards` */
  backwardLayer?: AnyRNN | null;
}

const anyRNN = heldLayer(RNN<RecurrentOptions>, 'a recurrent layer');

/**
 * Two recurrent layers, of which one reads the sequence forwards and the other backwards.
 *
 * Input `[batch, time, features]`, or `[x, ...states]` with the initial states of the forward layer, then of the backward one. Output as the
 * layer's, `2 · units` wide when concatenated, the backward one's steps in the order of time; without `mergeMode` it is two. With `returnState`,
 * `[output, ...states]`, the forward layer's first. With `returnSequences`, outputs at masked steps are zero.
 *
 * Weights: those of `forward_…` and `backward_…`, which are named after `layer`.
 *
 * @throws {ConfigError} when the layers do not read in opposite directions, or do not give the same kinds of outputs
 * @see Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997; https://keras.io/api/layers/recurrent_layers/bidirectional/
 */
export class Bidirectional extends RecurrentLayer<BidirectionalOptions> {
  static override readonly className = 'Bidirectional';
  static override readonly options: LayerTable<BidirectionalOptions> = {
    layer: anyRNN,
    mergeMode: options.nullable(options.oneOf(['concat', 'sum', 'mul', 'ave'], 'concat')),
    backwardLayer: { ...options.nullable(anyRNN), default: null },
  };
  readonly forwardLayer: AnyRNN;
  readonly backwardLayer: AnyRNN;

  constructor(given: BidirectionalOptions) {
    super(given);
    const { layer, backwardLayer } = this.config;
    const named = (direction: string): string => `${direction}_${layer.name.replace(new RegExp(`^${direction}_`), '')}`;
    const zeroOutputForMask = layer.config.returnSequences;
    this.forwardLayer = recreate(layer, { name: named('forward'), zeroOutputForMask });
    this.backwardLayer = recreate(
      backwardLayer ?? layer,
      backwardLayer ? { zeroOutputForMask } : { name: named('backward'), goBackwards: true, zeroOutputForMask },
    );
    this.checkDirections();
  }

  private checkDirections(): void {
    const [forward, backward] = [this.forwardLayer.config, this.backwardLayer.config];
    if (forward.goBackwards === backward.goBackwards) {
      throw new ConfigError(`${this.describe()}: layer and backwardLayer must differ in goBackwards; it is ${forward.goBackwards} in both`);
    }
    for (const key of ['stateful', 'returnSequences', 'returnState'] as const) {
      if (forward[key] !== backward[key])
        throw new ConfigError(`${this.describe()}: layer and backwardLayer must agree in ${key}; got ${forward[key]} and ${backward[key]}`);
    }
    const sizes = [this.forwardLayer, this.backwardLayer].map(layer => layer.cell.outputSize);
    const { mergeMode } = this.config;
    if (mergeMode !== 'concat' && mergeMode !== null && sizes[0] !== sizes[1])
      throw new ConfigError(`${this.describe()}: mergeMode "${mergeMode}" needs outputs of one size; got ${sizes.join(' and ')} units`);
  }

  /** Whether a batch begins where the one before ended. */
  get stateful(): boolean {
    return this.forwardLayer.stateful;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    this.forwardLayer.ensureBuilt(stepShape(inputShape));
    this.backwardLayer.ensureBuilt(stepShape(inputShape));
  }

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[] {
    const { returnSequences } = this.forwardLayer.config;
    const [x, ...given] = listOf(inputs) as [Tensor, ...Tensor[]];
    const { initialState = [], ...rest } = context;
    const states = given.length > 0 ? given : initialState;
    const inner: CallContext = { ...rest, mask: onlyMask(context.mask) };
    const read = (layer: AnyRNN, own: readonly Tensor[]): [Tensor, ...Tensor[]] =>
      listOf(layer.invoke(own.length > 0 ? [x, ...own] : x, inner)) as [Tensor, ...Tensor[]];
    const half = this.forwardLayer.cell.stateSizes.length;
    const [forward, ...forwardStates] = read(this.forwardLayer, states.slice(0, half));
    const [backward, ...backwardStates] = read(this.backwardLayer, states.slice(half));
    const outputs = this.merge(forward, returnSequences ? reverse(backward, 1) : backward);
    const all = [...outputs, ...forwardStates, ...backwardStates];
    return all.length === 1 ? (all[0] as Tensor) : all;
  }

  private merge(forward: Tensor, backward: Tensor): Tensor[] {
    switch (this.config.mergeMode) {
      case 'concat':
        return [concat([forward, backward], -1)];
      case 'sum':
        return [add(forward, backward)];
      case 'mul':
        return [mul(forward, backward)];
      case 'ave':
        return [div(add(forward, backward), 2)];
      default:
        return [forward, backward];
    }
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const shapesOf = (layer: AnyRNN): [Shape, ...Shape[]] => {
      const shapes = layer.computeOutputShape(stepShape(inputShape));
      return (isShape(shapes) ? [shapes] : shapes) as [Shape, ...Shape[]];
    };
    const [forward, ...forwardStates] = shapesOf(this.forwardLayer);
    const [backward, ...backwardStates] = shapesOf(this.backwardLayer);
    const { mergeMode } = this.config;
    const wide = [...forward.slice(0, -1), this.forwardLayer.cell.outputSize + this.backwardLayer.cell.outputSize];
    const outputs = mergeMode === null ? [forward, backward] : [mergeMode === 'concat' ? wide : forward];
    const all = [...outputs, ...forwardStates, ...backwardStates];
    return all.length === 1 ? (all[0] as Shape) : all;
  }

  override computeMask(inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask | readonly Mask[] {
    const [output = null, ...forwardStates] = listOf<Mask>(this.forwardLayer.computeMask(inputs, mask));
    const [, ...backwardStates] = listOf<Mask>(this.backwardLayer.computeMask(inputs, mask));
    const outputs = this.config.mergeMode === null ? [output, output] : [output];
    const all = [...outputs, ...forwardStates, ...backwardStates];
    return all.length === 1 ? output : all;
  }

  /**
   * Sets the states that stateful layers keep to zero.
   *
   * @throws {ConfigError} when the layers are not stateful
   */
  override resetStates(): void {
    this.forwardLayer.resetStates();
    this.backwardLayer.resetStates();
  }

  override dispose(): void {
    this.forwardLayer.dispose();
    this.backwardLayer.dispose();
  }

  override getConfig(): Record<string, Json> {
    const json = (layer: AnyRNN): Json => layer.serialize() as unknown as Json;
    return { ...super.getConfig(), layer: json(this.forwardLayer), backwardLayer: json(this.backwardLayer) };
  }

  static override fromConfig(this: new (config: never) => Layer, config: Readonly<Record<string, Json>>, revive: Revive): Layer {
    return new this(reviveHeld(config, ['layer', 'backwardLayer'], revive) as never);
  }
}

/** A {@link Bidirectional} layer. */
export const bidirectional = (given: BidirectionalOptions): Bidirectional => new Bidirectional(given);
