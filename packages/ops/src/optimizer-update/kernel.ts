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

/** The names of the inputs of a weight: they are asked for at every step, and so are made once. */
interface InputNames {
  readonly weight: string;
  readonly gradient: string;
  readonly slots: readonly string[];
}

const knownNames: InputNames[] = [];

function namesOf(index: number): InputNames {
  while (knownNames.length <= index) {
    const n = knownNames.length;
    knownNames.push({ weight: `weight${n}`, gradient: `gradient${n}`, slots: [0, 1, 2].map(slot => `slot${n}_${slot}`) });
  }
  return knownNames[index]!;
}

/**
 * The flat names and attributes in which tfjs-core passes a rule and its weights to a kernel. Inputs stand in the order of the
 * weights, each as weight, gradient, slots; all weights have as many slots. A kernel may go by that order.
 */
export function packUpdate(rule: UpdateRule, items: readonly UpdateTensors[]): { inputs: NamedTensorInfoMap; attrs: NamedAttrMap } {
  const inputs: NamedTensorInfoMap = {};
  items.forEach((item, index) => {
    const names = namesOf(index);
    inputs[names.weight] = item.weight;
    inputs[names.gradient] = item.gradient;
    item.slots.forEach((slot, position) => {
      inputs[names.slots[position]!] = slot;
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
    const names = namesOf(index);
    for (const name of names.slots) if (inputs[name]) slots.push(inputs[name]);
    return { weight: inputs[names.weight] as TensorInfo, gradient: inputs[names.gradient] as TensorInfo, slots, decay };
  });
  return { rule: attrs.rule as unknown as UpdateRule, items };
}
