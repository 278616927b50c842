import {
  concat,
  dropoutMask,
  getRandomSeed,
  matMul,
  mul,
  type Parameter,
  randomKey,
  reshape,
  split,
  stepKey,
  type Tensor,
  type Tensor2D,
} from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import type { LayerConfig, WeightOptions } from '../base/layer.js';
import type { Shape } from '../base/shape.js';
import type { CellOptions } from './cell-options.js';
import { featuresOf, RNNCell, type SequenceResult, type SequenceRun, type Step, stepShape } from './rnn-cell.js';

/** What dropout multiplies with in every step of one run: nothing, one mask for all gates, or one for each gate. */
export interface DropoutMasks {
  /** Each `[batch, features]`. */
  readonly input: readonly Tensor[];
  /** Each `[batch, units]`. */
  readonly recurrent: readonly Tensor[];
}

/** What the whole-sequence ops of the cells are called with. */
export interface SequenceOptions {
  readonly x: Tensor;
  readonly kernel: Tensor;
  readonly recurrentKernel: Tensor;
  readonly bias: Tensor | undefined;
  readonly initialState: readonly Tensor[];
  readonly mask: Tensor | undefined;
  readonly goBackwards: boolean;
}

/** What such an op gives: h after every step, and the states after the last. */
export interface SequenceOutputs {
  readonly sequence: Tensor;
  readonly states: readonly Tensor[];
}

/** What the built-in cells share: a kernel, a recurrent kernel and a bias, with a block of columns for each gate; and dropout. */
export abstract class UnitsCell<Options extends CellOptions> extends RNNCell<Options> {
  protected kernel!: Parameter;
  protected recurrentKernel!: Parameter;
  protected bias: Parameter | null = null;

  /** Number of blocks of `units` columns in the kernels. */
  protected abstract readonly gates: number;

  /** One step, with the masks of its run. */
  protected abstract step(x: Tensor, states: readonly Tensor[], masks: DropoutMasks): readonly Tensor[];

  /** The whole sequence in one op. */
  protected abstract sequenceOp(given: SequenceOptions): SequenceOutputs;

  /** The options that all built-in cells have. */
  protected get shared(): LayerConfig<CellOptions> {
    return this.config as unknown as LayerConfig<CellOptions>;
  }

  get stateSize(): number | readonly number[] {
    return this.shared.units;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const { units, useBias } = this.shared;
    const features = featuresOf(stepShape(inputShape), this.describe());
    const columns = this.gates * units;
    this.kernel = this.addWeight({ name: 'kernel', shape: [features, columns], like: 'kernel' });
    this.recurrentKernel = this.addWeight({ name: 'recurrent_kernel', shape: [units, columns], like: 'recurrent' });
    if (useBias) this.bias = this.addWeight({ name: 'bias', shape: [columns], like: 'bias', ...this.biasOptions() });
    this.inputSpec = { rank: 2, meaning: '[batch, features]', axes: { [-1]: features } };
  }

  /** What is special about the cell's bias. @default nothing */
  protected biasOptions(): Partial<WeightOptions> {
    return {};
  }

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor[] {
    const [x, ...states] = inputs as [Tensor, ...Tensor[]];
    return [...this.begin(x.shape[0] as number, context)(x, states)];
  }

  override begin(batch: number, context: CallContext): Step {
    const masks = this.drawMasks(batch, context);
    return (x, states) => this.step(x, states, masks);
  }

  /** The whole sequence in one op, unless a gate drops what others keep. */
  override sequence(
    x: Tensor,
    initialState: readonly Tensor[],
    { mask, goBackwards }: SequenceRun,
    context: CallContext,
  ): SequenceResult | null {
    const batch = x.shape[0] as number;
    const masks = this.drawMasks(batch, context);
    if (masks.recurrent.length > 0 || masks.input.length > 1) return null;
    const [inputMask] = masks.input;
    const { sequence, states } = this.sequenceOp({
      x: inputMask ? mul(x, reshape(inputMask, [batch, 1, -1])) : x,
      kernel: this.kernel.value,
      recurrentKernel: this.recurrentKernel.value,
      bias: this.bias?.value,
      initialState,
      mask: mask ?? undefined,
      goBackwards,
    });
    return { sequence, last: states[0] as Tensor, states };
  }

  /** The product of `x`, dropped as `masks` say, with the blocks of `kernel`: `[batch, gates · units]`. */
  protected project(x: Tensor, kernel: Tensor, masks: readonly Tensor[]): Tensor {
    if (masks.length === 0) return matMul(x as Tensor2D, kernel as Tensor2D);
    if (masks.length === 1) return matMul(mul(x, masks[0] as Tensor) as Tensor2D, kernel as Tensor2D);
    const blocks = split(kernel, masks.length, 1);
    return concat(
      masks.map((mask, gate) => matMul(mul(x, mask) as Tensor2D, blocks[gate] as Tensor2D)),
      1,
    );
  }

  /** Draws the masks of one run, which depend on the seed, the cell's path and the training step: so they are the same at every time step. */
  private drawMasks(batch: number, { training, step, site = '' }: CallContext): DropoutMasks {
    const { units, dropout, recurrentDropout, seed } = this.shared;
    const { implementation = 2 } = this.config as { implementation?: 1 | 2 };
    const count = recurrentDropout > 0 || implementation === 1 ? this.gates : 1;
    const draw = (what: string, rate: number, size: number): Tensor[] =>
      Array.from({ length: training && rate > 0 ? count : 0 }, (_, gate) => {
        const key = stepKey(step, at => randomKey(seed ?? getRandomSeed(), this.path + site, what, gate, at));
        return dropoutMask(key, [batch, size], rate);
      });
    return {
      input: draw('dropout', dropout, this.kernel.shape[0] as number),
      recurrent: draw('recurrent_dropout', recurrentDropout, units),
    };
  }
}
