import type { Tensor } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import { Layer, type LayerOptions } from '../base/layer.js';
import type { SymbolicTensor } from '../base/symbolic-tensor.js';

/** What a recurrent layer may be told when it is called: the states that it begins with may be symbolic, too. */
export interface RecurrentContext extends Omit<CallContext, 'initialState'> {
  /** One state, or each of several, `[batch, units]`: tensors where the input is one, symbolic where it is symbolic. */
  readonly initialState?: Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[];
}

type Input = Tensor | SymbolicTensor;

/** Base of layers that can be given the states to begin with: by `initialState`, or as further inputs, `[x, ...states]`. */
export abstract class RecurrentLayer<Options extends LayerOptions> extends Layer<Options> {
  override supportsMasking = true;

  /** As {@link Layer.apply}; `initialState` is added to the inputs, as which a graph keeps it. */
  override apply(inputs: SymbolicTensor, context?: Partial<RecurrentContext>): SymbolicTensor;
  override apply(inputs: readonly SymbolicTensor[], context?: Partial<RecurrentContext>): SymbolicTensor;
  override apply(inputs: Tensor, context?: Partial<RecurrentContext>): Tensor;
  override apply(inputs: readonly Tensor[], context?: Partial<RecurrentContext>): Tensor;
  override apply(
    inputs: Input | readonly Input[],
    context?: Partial<RecurrentContext>,
  ): Tensor | SymbolicTensor | Tensor[] | SymbolicTensor[];
  override apply(inputs: Input | readonly Input[], { initialState, ...context }: Partial<RecurrentContext> = {}): unknown {
    return super.apply(initialState === undefined ? inputs : [...listOf(inputs), ...listOf(initialState)], context);
  }
}

/** One or several, as a list. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}
