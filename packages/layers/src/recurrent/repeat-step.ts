import { ConfigError, reshape, stack, type Tensor, unstack, where } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import type { RNNCell, SequenceResult, SequenceRun } from './rnn-cell.js';

/**
 * Runs a cell over a sequence, a step at a time. Where the mask is false, output and states stay as they are; before any step has
 * counted, the output is the cell's {@link RNNCell.initialOutput}, as in Keras on JAX.
 *
 * @param x `[batch, time, …]`, one time or more
 * @throws {ConfigError} when the cell does not give `[output, ...states]`
 */
export function repeatStep(
  cell: RNNCell,
  x: Tensor,
  initialState: readonly Tensor[],
  { mask, goBackwards }: SequenceRun,
  context: CallContext,
): SequenceResult {
  // Copied before they are turned round: the tape holds the list that unstack gives.
  const inProcessingOrder = (steps: Tensor[]): Tensor[] => (goBackwards ? [...steps].reverse() : steps);
  const inputs = inProcessingOrder(unstack(x, 1));
  const masks = mask && inProcessingOrder(unstack(mask, 1));
  const step = cell.begin(x.shape[0] as number, context);
  const outputs: Tensor[] = [];
  let states = initialState;
  for (const [index, input] of inputs.entries()) {
    const [output, ...next] = step(input, states);
    if (!output || next.length !== states.length) {
      const count = output ? next.length + 1 : 0;
      throw new ConfigError(
        `${cell.describe()}: call must give [output, ...states], ${states.length + 1} tensors, as stateSize says; got ${count}`,
      );
    }
    const counts = masks?.[index];
    if (counts) {
      outputs.push(choose(counts, output, outputs.at(-1) ?? cell.initialOutput(states)));
      states = next.map((state, i) => choose(counts, state, states[i] as Tensor));
    } else {
      outputs.push(output);
      states = next;
    }
  }
  return { sequence: stack(outputs, 1), last: outputs.at(-1) as Tensor, states };
}

/** Rows of `ifTrue` where `rows [batch]` is true, of `ifFalse` elsewhere. */
function choose(rows: Tensor, ifTrue: Tensor, ifFalse: Tensor): Tensor {
  return where(reshape(rows, [-1, ...Array.from({ length: ifTrue.rank - 1 }, () => 1)]), ifTrue, ifFalse);
}
