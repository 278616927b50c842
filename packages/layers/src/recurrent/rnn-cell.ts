import { ShapeError, type Tensor, zeros } from '@jogak/ops';
import type { CallContext, Mask } from '../base/call-context.js';
import { Layer, type LayerOptions } from '../base/layer.js';
import { isShape, type Shape, showShape } from '../base/shape.js';

/** One time step: from `[batch, features]` and the states to `[output, ...states]`. */
export type Step = (x: Tensor, states: readonly Tensor[]) => readonly Tensor[];

/** How a cell is to run over a sequence. */
export interface SequenceRun {
  /** `[batch, time]`, or null where every step counts. */
  readonly mask: Mask;
  readonly goBackwards: boolean;
}

/** What a run over a sequence gives. */
export interface SequenceResult {
  /** The outputs in the order of processing, `[batch, time, …]`; a masked step repeats the one before. */
  readonly sequence: Tensor;
  /** The output after the last step that counts, `[batch, …]`. */
  readonly last: Tensor;
  readonly states: readonly Tensor[];
}

/**
 * What a recurrent layer does at one time step. A cell of one's own gives {@link stateSize}, `build` and
 * `call([x, ...states], context)`, which returns `[output, ...states]`; {@link rnn} runs it over a sequence.
 *
 * @see https://keras.io/api/layers/recurrent_layers/rnn/
 */
export abstract class RNNCell<Options extends LayerOptions = LayerOptions> extends Layer<Options> {
  /** Size of the state, or of each of several. A state is `[batch, size]`. */
  abstract readonly stateSize: number | readonly number[];

  abstract override call(inputs: Tensor | Tensor[], context: CallContext): Tensor[];

  /** The sizes of the states, also where there is but one. */
  get stateSizes(): readonly number[] {
    return typeof this.stateSize === 'number' ? [this.stateSize] : this.stateSize;
  }

  /** Size of the output. @default the first state's */
  get outputSize(): number {
    return this.stateSizes[0] as number;
  }

  /** `[output, ...states]`, of the shape of a step's input `[batch, features]`, or of the shapes of input and states. */
  override computeOutputShape(inputShape: Shape | readonly Shape[]): readonly Shape[] {
    const batch = stepShape(inputShape)[0] ?? null;
    return [this.outputSize, ...this.stateSizes].map(size => [batch, size]);
  }

  /**
   * The step that one run over a sequence repeats. A cell that draws something once for all steps (dropout) overrides it.
   *
   * @param batch number of samples
   */
  begin(_batch: number, context: CallContext): Step {
    return (x, states) => this.invoke([x, ...states], context) as Tensor[];
  }

  /** What a step gives that is masked before any has counted, `[batch, outputSize]`. @default the first state, or zeros where it has another size */
  initialOutput(states: readonly Tensor[]): Tensor {
    const state = states[0] as Tensor;
    return state.shape[1] === this.outputSize ? state : zeros([state.shape[0] as number, this.outputSize]);
  }

  /**
   * The whole sequence at once, by an op of its own; null where there is none, and {@link begin}'s step has to be repeated.
   *
   * @param x `[batch, time, features]`
   */
  sequence(_x: Tensor, _states: readonly Tensor[], _run: SequenceRun, _context: CallContext): SequenceResult | null {
    return null;
  }
}

/** Shape of a step's input, among those of input and states. */
export function stepShape(inputShape: Shape | readonly Shape[]): Shape {
  return isShape(inputShape) ? inputShape : (inputShape[0] as Shape);
}

/** Number of features of a step's input. @throws {ShapeError} when it is not known */
export function featuresOf(shape: Shape, where: string): number {
  const features = shape.at(-1);
  if (typeof features !== 'number')
    throw new ShapeError(`${where} needs to know the size of its input's last axis; got ${showShape(shape)}`);
  return features;
}
