import type { Model } from '../engine/model.js';
import { weightsFromArtifacts } from './artifacts.js';
import { describePlace, type LoadSource, loadFrom } from './targets.js';

/** {@link Model.loadWeights}. */
export async function loadWeights(model: Model, source: LoadSource): Promise<void> {
  weightsFromArtifacts(model, await loadFrom(source), describePlace(source));
}
