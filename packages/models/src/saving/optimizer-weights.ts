import { FormatError, type HostArray, hostArray, type Parameter } from '@jogak/ops';
import type { Model } from '../engine/model.js';
import { type EncodedWeights, encodeWeights } from './weights.js';

/** The name that tfjs-layers has for the number of updates. */
const iterationsName = 'iter';

/** The optimizer's state, for a file: the number of updates, then its slots, those of one kind together, as tfjs-layers has them. */
export function encodeOptimizer(model: Model): EncodedWeights {
  model.optimizer.build(model.trainableWeights);
  const { iterations, slots } = model.optimizer.state();
  const iteration = hostArray(Int32Array.of(iterations), []);
  const entries = byKind(model).map(({ path }) => [path, slots[path] as HostArray] as const);
  return encodeWeights([[iterationsName, iteration], ...entries], 'optimizer');
}

/**
 * Gives the optimizer of a compiled and built model the state of a file of ours, or of tfjs-layers.
 *
 * @param values in the order of the file
 * @param where the file, as messages name it
 * @param learningRate as it was last set; that of the config by default
 * @throws {FormatError} when it is the state of another optimizer, or of other weights
 */
export function restoreOptimizer(
  model: Model,
  values: readonly HostArray[],
  where: string,
  learningRate: number | null = model.optimizer.state().learningRate,
): void {
  const { optimizer } = model;
  optimizer.build(model.trainableWeights);
  const [iterations, ...states] = values;
  const slots = byKind(model);
  const fits = states.length === slots.length && slots.every((slot, index) => states[index]?.shape.join() === slot.shape.join());
  if (!iterations || !fits) {
    throw new FormatError(
      `${where} holds the state of another optimizer than ${optimizer.className}, which has ${slots.length} slots for these weights; got ${states.length}. Load the model with compile: false, and compile it anew`,
    );
  }
  optimizer.restore({
    className: optimizer.className,
    learningRate,
    iterations: Number(iterations.data[0]),
    slots: Object.fromEntries(slots.map((slot, index) => [slot.path, states[index] as HostArray])),
  });
}

/** The slots, all first of the weights first, then all second: Keras, and with it the optimizer, has a weight's together. */
function byKind(model: Model): Parameter[] {
  const { optimizer } = model;
  const stems = model.trainableWeights.map(weight => `${optimizer.name}/${weight.path.replaceAll('/', '_')}_`);
  const kindOf = (slot: Parameter): string => {
    const stem = stems.filter(candidate => slot.path.startsWith(candidate)).sort((a, b) => b.length - a.length)[0];
    return slot.path.slice(stem?.length ?? 0);
  };
  const kinds = [...new Set(optimizer.slots.map(kindOf))];
  return kinds.flatMap(kind => optimizer.slots.filter(slot => kindOf(slot) === kind));
}
