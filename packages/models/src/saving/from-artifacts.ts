import type { LayerClass } from '@jogak/layers';
import { FormatError, type HostArray, type io, type Json } from '@jogak/ops';
import type { Model } from '../engine/model.js';
import { checkpointKey, weightsOf } from './artifacts.js';
import { restoreOptimizer } from './optimizer-weights.js';
import { fromTopology } from './revive-topology.js';
import { fromTfjsState } from './tfjs-optimizer-state.js';
import { isOurs } from './topology.js';
import { fromTrainingConfig, type TrainingConfig } from './training-config.js';
import { assignWeights } from './weights.js';

/** How to make a model of artifacts. */
export interface FromArtifactsOptions {
  readonly customObjects: Readonly<Record<string, LayerClass>>;
  /** Whether to compile it, where the artifacts say how. */
  readonly compile: boolean;
}

/**
 * The model of artifacts: ours, tfjs-layers' or converted ones of Keras 2.
 *
 * @param where what they came from, as messages name it
 */
export function fromArtifacts(artifacts: io.ModelArtifacts, { customObjects, compile }: FromArtifactsOptions, where: string): Model {
  const topology = artifacts.modelTopology;
  if (typeof topology !== 'object' || topology === null || Object.keys(topology).length === 0)
    throw new FormatError(`${where} holds no model, weights at the most; make the model, then model.loadWeights`);
  const model = fromTopology(topology, customObjects);
  try {
    const weights = weightsOf(artifacts, where);
    assignWeights(model, weights.model, where);
    const { [checkpointKey]: _checkpoint, ...metadata } = (artifacts.userDefinedMetadata ?? {}) as { [key: string]: Json };
    model.metadata = metadata;
    if (compile && artifacts.trainingConfig) compileAgain(model, artifacts, weights.optimizer, where);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function compileAgain(model: Model, artifacts: io.ModelArtifacts, state: readonly HostArray[], where: string): void {
  const config = artifacts.trainingConfig as unknown as TrainingConfig;
  model.compile(fromTrainingConfig(config));
  if (state.length === 0) return;
  const foreign = !isOurs(artifacts.modelTopology as object);
  restoreOptimizer(model, foreign ? fromTfjsState(config.optimizer_config, state) : state, where);
}
