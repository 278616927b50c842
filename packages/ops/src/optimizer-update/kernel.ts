import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { UpdateRule } from './rule.js';

/**
 * Name of the kernel that updates all weights of a step in one pass. It writes into the buffers of the weights and slots that it
 * is given, which are float32 and shared with nobody, and returns no tensor.
 */
export const OPTIMIZER_UPDATE = 'JogakOptimizerUpdate';

/** One weight as the kernel sees it. */
export interface UpdateTensors {
  readonly weight: TensorInfo;
  readonly gradient: TensorInfo;
  /** In the order of the rule's description. */
  readonly slots: readonly TensorInfo[];
  /** Part of the weight that is taken away before the rule is applied: `w ← w − decay·w`. */
  readonly decay: number;
}

/** The flat names and attributes in which tfjs-core passes a rule and its weights to a kernel. */
export function packUpdate(rule: UpdateRule, items: readonly UpdateTensors[]): { inputs: NamedTensorInfoMap; attrs: NamedAttrMap } {
  const inputs: NamedTensorInfoMap = {};
  items.forEach((item, index) => {
    inputs[`weight${index}`] = item.weight;
    inputs[`gradient${index}`] = item.gradient;
    item.slots.forEach((slot, position) => {
      inputs[`slot${index}_${position}`] = slot;
    });
  });
  const attrs: NamedAttrMap = { rule: { ...rule }, decays: items.map(item => item.decay) };
  return { inputs, attrs };
}

/** What {@link packUpdate} packed: for those who write the kernel for a backend. */
export function unpackUpdate(inputs: NamedTensorInfoMap, attrs: NamedAttrMap): { rule: UpdateRule; items: UpdateTensors[] } {
  const decays = attrs.decays as number[];
  const items = decays.map((decay, index) => {
    const slots: TensorInfo[] = [];
    for (let slot = inputs[`slot${index}_0`]; slot !== undefined; slot = inputs[`slot${index}_${slots.length}`]) slots.push(slot);
    return { weight: inputs[`weight${index}`] as TensorInfo, gradient: inputs[`gradient${index}`] as TensorInfo, slots, decay };
  });
  return { rule: attrs.rule as unknown as UpdateRule, items };
}
