import { ConfigError, options } from '@jogak/ops';
import { isBuilt } from '../engine/built.js';
import type { Model } from '../engine/model.js';
import { toArtifacts, toWeightArtifacts } from './artifacts.js';
import { type SaveTarget, saveTo } from './targets.js';

/** Options of `model.save`. */
export interface SaveOptions {
  /** Whether to save how the model was compiled, and the optimizer's state, so that training can go on. @default false, as in tfjs-layers */
  includeOptimizer?: boolean;
}

const table = { includeOptimizer: options.boolean(false) };

/** {@link Model.save}. */
export async function saveModel(model: Model, target: SaveTarget, given: SaveOptions = {}): Promise<void> {
  const { includeOptimizer } = options.parseOptions<Required<SaveOptions>>(table, given, 'save');
  requireBuilt(model);
  await saveTo(
    target,
    toArtifacts(model, { includeOptimizer: includeOptimizer && model.compileOptions !== null, metadata: model.metadata }),
  );
}

/** {@link Model.saveWeights}. */
export async function saveWeights(model: Model, target: SaveTarget): Promise<void> {
  requireBuilt(model);
  await saveTo(target, toWeightArtifacts(model));
}

/** @throws {ConfigError} when there are no weights yet */
export function requireBuilt(model: Model): void {
  if (!isBuilt(model)) throw new ConfigError(`the model "${model.name}" has no weights to save yet: give its input shape, or call it once`);
}
