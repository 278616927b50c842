import type { Tensor } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import type { SymbolicTensor } from '../base/symbolic-tensor.js';

/** What a recurrent layer may be told when it is called: the state that it begins with may be symbolic, too. */
export interface RecurrentContext extends Omit<CallContext, 'initialState'> {
  /** One state, or each of several, `[batch, units]`: tensors where the input is one, symbolic where it is symbolic. */
  readonly initialState?: Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[];
}

/** Takes the initial state out of a call's context and adds it to the inputs, as which a graph keeps it: `[x, ...states]`. */
export function withStatesAsInputs(
  inputs: Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[],
  context: Partial<RecurrentContext>,
): [Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[], Partial<CallContext>] {
  const { initialState, ...rest } = context;
  if (initialState === undefined) return [inputs, rest];
  const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];
  return [[...list(inputs), ...list(initialState)], rest];
}
