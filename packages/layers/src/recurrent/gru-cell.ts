import { add, gru as gruOp, matMul, mul, options, slice, split, sub, type Tensor, type Tensor2D, unstack } from '@jogak/ops';
import type { LayerTable, WeightOptions } from '../base/layer.js';
import { type GatedCellOptions, gatedCellOptions } from './cell-options.js';
import { type DropoutMasks, type SequenceOptions, type SequenceOutputs, UnitsCell } from './units-cell.js';

/** Options of {@link gruCell}. */
export interface GRUCellOptions extends GatedCellOptions {
  /** Whether the reset gate is applied after the recurrent product, which then has a bias of its own, or to the state before it. @default true */
  resetAfter?: boolean;
}

/** The table of {@link GRUCellOptions}. */
export const gruCellOptions: LayerTable<GRUCellOptions> = { ...gatedCellOptions, resetAfter: options.boolean(true) };

/**
 * One step of a gated recurrent unit. With W, U and b the blocks of kernel, recurrent kernel and bias for the update gate z, the
 * reset gate r and the candidate, and σ the recurrent activation:
 *
 *     z = σ(x · W₀ + h · U₀ + b₀)   r = σ(x · W₁ + h · U₁ + b₁)
 *     candidate = activation(x · W₂ + b₂ + r · (h · U₂ + b′₂))        with resetAfter
 *               = activation(x · W₂ + b₂ + (r · h) · U₂)              without
 *     h' = z · h + (1 − z) · candidate
 *
 * Inputs `x [batch, features]`, `h [batch, units]`; outputs `h'` twice: the output, and the state.
 * Weights: `kernel [features, 3 · units]`, `recurrent_kernel [units, 3 · units]`, and `bias`: `[2, 3 · units]`, of the input and of the
 * recurrent product, with `resetAfter`, else `[3 · units]`.
 *
 * @see Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014; https://keras.io/api/layers/recurrent_layers/gru_cell/
 */
export class GRUCell extends UnitsCell<GRUCellOptions> {
  static override readonly className = 'GRUCell';
  static override readonly options: LayerTable<GRUCellOptions> = gruCellOptions;
  protected override readonly gates = 3;

  protected override biasOptions(): Partial<WeightOptions> {
    const { resetAfter, units } = this.config;
    return resetAfter ? { shape: [2, 3 * units] } : {};
  }

  protected override step(x: Tensor, [h]: readonly [Tensor], masks: DropoutMasks): readonly Tensor[] {
    const { activation, recurrentActivation, resetAfter } = this.config;
    const [inputBias, recurrentBias] = this.bias ? (resetAfter ? unstack(this.bias.value, 0) : [this.bias.value]) : [];
    const product = this.project(x, this.kernel.value, masks.input);
    const [xz, xr, xh] = split(inputBias ? add(product, inputBias) : product, 3, 1) as [Tensor, Tensor, Tensor];
    let z: Tensor;
    let fromState: Tensor;
    if (resetAfter) {
      const recurrent = this.project(h, this.recurrentKernel.value, masks.recurrent);
      const [hz, hr, hh] = split(recurrentBias ? add(recurrent, recurrentBias) : recurrent, 3, 1) as [Tensor, Tensor, Tensor];
      z = recurrentActivation(add(xz, hz));
      fromState = mul(recurrentActivation(add(xr, hr)), hh);
    } else {
      const { units } = this.config;
      const ofGates = slice(this.recurrentKernel.value, [0, 0], [units, 2 * units]);
      const ofCandidate = slice(this.recurrentKernel.value, [0, 2 * units], [units, units]);
      const [hz, hr] = split(this.project(h, ofGates, masks.recurrent.slice(0, 2)), 2, 1) as [Tensor, Tensor];
      z = recurrentActivation(add(xz, hz));
      const reset = mul(recurrentActivation(add(xr, hr)), h);
      const [candidateMask] = masks.recurrent.slice(2);
      fromState = matMul((candidateMask ? mul(reset, candidateMask) : reset) as Tensor2D, ofCandidate as Tensor2D);
    }
    const candidate = activation(add(xh, fromState));
    const next = add(mul(z, h), mul(sub(1, z), candidate));
    return [next, next];
  }

  protected override sequenceOp(given: SequenceOptions): SequenceOutputs {
    const { activation, recurrentActivation, resetAfter } = this.config;
    return gruOp({ ...given, activation, recurrentActivation, resetAfter });
  }
}

/** A {@link GRUCell}, for {@link rnn}. */
export const gruCell = (given: GRUCellOptions): GRUCell => new GRUCell(given);
