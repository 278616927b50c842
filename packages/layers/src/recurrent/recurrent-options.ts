import { options } from '@jogak/ops';
import type { LayerOptions, LayerTable } from '../base/layer.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options that all recurrent layers have. */
export interface RecurrentOptions extends LayerOptions {
  /** Whether the output is that of every step, `[batch, time, units]`, or of the last, `[batch, units]`. @default false */
  returnSequences?: boolean;
  /** Whether the states after the last step are outputs, too: `[output, ...states]`. @default false */
  returnState?: boolean;
  /** Whether the last step is read first. `returnSequences` then gives the steps in that order. @default false */
  goBackwards?: boolean;
  /** Whether sample i of a batch begins with the state in which sample i of the batch before ended. Needs a fixed batch size. @default false */
  stateful?: boolean;
  /** Whether steps are recorded one by one instead of as a loop of the engine. This engine has no such loop: both give what Keras gives without. @default false */
  unroll?: boolean;
  /** Whether the output of a masked step is zero; otherwise it is that of the step before. @default false */
  zeroOutputForMask?: boolean;
  /** Penalty on the output. @default null */
  activityRegularizer?: RegularizerLike | null;
}

/** The table of {@link RecurrentOptions}. */
export const recurrentOptions: LayerTable<RecurrentOptions> = {
  returnSequences: options.boolean(false),
  returnState: options.boolean(false),
  goBackwards: options.boolean(false),
  stateful: options.boolean(false),
  unroll: options.boolean(false),
  zeroOutputForMask: options.boolean(false),
  activityRegularizer: regularizerTable.nullableOption(),
};
