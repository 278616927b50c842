import { engine, getBackend, getKernel, type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { forgetLookups } from '../embedding/index.js';
import type { Parameter } from '../parameter.js';
import { OPTIMIZER_UPDATE, packUpdate } from './kernel.js';
import type { UpdateRule } from './rule.js';

/** A weight, and what it takes to update it. */
export interface UpdateItem {
  readonly parameter: Parameter;
  /** Of the weight's shape, float32. */
  readonly gradient: Tensor;
  /** The optimizer's own values for this weight, in the order of the {@link UpdateRule}'s description. */
  readonly slots: readonly Parameter[];
  /** Part of the weight that is taken away before the rule is applied: `w ← w − decay·w`. @default 0 */
  readonly decay?: number;
}

/** Buffers that were made here: no array of a caller's lies under them, as one may lie under a tensor made from a typed array. */
const ownBuffers = new WeakSet<object>();

/**
 * Updates all `items` by `rule` in one pass over each, where the backend has the kernel `JogakOptimizerUpdate`.
 *
 * Weights and slots are written in place: nothing is allocated. One whose buffer is shared with another tensor, or was not made
 * here, gets a buffer of its own first, so that no value changes under anyone's hands.
 *
 * @returns false, with nothing done, where the backend has no such kernel: update with plain ops then.
 */
export function updateParameters(rule: UpdateRule, items: readonly UpdateItem[]): boolean {
  if (getKernel(OPTIMIZER_UPDATE, getBackend()) == null) return false;
  tidy(() => {
    for (const { parameter, slots } of items) for (const { value } of [parameter, ...slots]) takeBuffer(value);
    const { inputs, attrs } = packUpdate(
      rule,
      items.map(item => ({
        weight: item.parameter.value,
        gradient: item.gradient,
        slots: item.slots.map(slot => slot.value),
        decay: item.decay ?? 0,
      })),
    );
    engine().runKernel(OPTIMIZER_UPDATE, inputs as Record<string, Tensor>, attrs);
  });
  forgetLookups();
  return true;
}

/** Gives `variable` a buffer that nobody else sees, unless it has one. */
function takeBuffer(variable: Variable): void {
  if (ownBuffers.has(variable.dataId) && engine().backend.refCount(variable.dataId) === 1) return;
  variable.assign(tensor(variable.dataSync().slice(), variable.shape, variable.dtype));
  ownBuffers.add(variable.dataId);
}
