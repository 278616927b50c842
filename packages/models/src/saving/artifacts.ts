import { FormatError, type HostArray, type io, type Json } from '@jogak/ops';
import type { Model } from '../engine/model.js';
import { joinBytes } from './join-bytes.js';
import { encodeOptimizer, restoreOptimizer } from './optimizer-weights.js';
import { toTopology } from './topology.js';
import { toTrainingConfig } from './training-config.js';
import { assignWeights, decodeWeights, type EncodedWeights, encodeWeights, namedWeights } from './weights.js';

/** Under this key a checkpoint stands in the metadata; the model that is loaded has none of it. */
export const checkpointKey = 'jogakCheckpoint';

/** What to put into artifacts beside the model and its weights. */
export interface ArtifactsOptions {
  readonly includeOptimizer: boolean;
  readonly metadata: { readonly [key: string]: Json };
}

/** Everything of a model, in the form of tfjs' layers-models. @throws {ConfigError} for what a file cannot hold */
export function toArtifacts(model: Model, { includeOptimizer, metadata }: ArtifactsOptions): io.ModelArtifacts {
  const weights = encodeModelWeights(model);
  const optimizer = includeOptimizer ? encodeOptimizer(model) : null;
  return {
    modelTopology: toTopology(model),
    format: 'layers-model',
    generatedBy: 'Jogak',
    ...(includeOptimizer ? { trainingConfig: toTrainingConfig(model) as unknown as io.TrainingConfig } : {}),
    ...(Object.keys(metadata).length > 0 ? { userDefinedMetadata: { ...metadata } as { [key: string]: object } } : {}),
    weightSpecs: [...weights.specs, ...(optimizer?.specs ?? [])],
    weightData: joined(optimizer ? [weights.data, optimizer.data] : [weights.data]),
  };
}

/** A model's weights, without what it is made of. */
export function toWeightArtifacts(model: Model): io.ModelArtifacts {
  const { specs, data } = encodeModelWeights(model);
  return { modelTopology: {}, format: 'layers-model', generatedBy: 'Jogak', weightSpecs: specs, weightData: data };
}

function encodeModelWeights(model: Model): EncodedWeights {
  return encodeWeights(namedWeights(model).map(({ name, parameter }) => [name, parameter.read()] as const));
}

/** The weights that artifacts hold: the model's by name, the optimizer's in their order. */
export interface ArtifactWeights {
  readonly model: ReadonlyMap<string, HostArray>;
  readonly optimizer: readonly HostArray[];
}

/** @throws {FormatError} when weights and what is said of them do not fit together */
export function weightsOf(artifacts: io.ModelArtifacts, where: string): ArtifactWeights {
  const { weightSpecs, weightData } = artifacts;
  if (!weightSpecs || weightData === undefined) throw new FormatError(`${where} holds no weights`);
  const values = decodeWeights(weightSpecs, joined(Array.isArray(weightData) ? weightData : [weightData]), where);
  const ofOptimizer = weightSpecs.filter(spec => spec.group === 'optimizer').map(spec => spec.name);
  return {
    model: new Map([...values].filter(([name]) => !ofOptimizer.includes(name))),
    optimizer: ofOptimizer.map(name => values.get(name) as HostArray),
  };
}

/** Gives a model the weights of artifacts. */
export function weightsFromArtifacts(model: Model, artifacts: io.ModelArtifacts, where: string): void {
  assignWeights(model, weightsOf(artifacts, where).model, where);
}

/** Gives a compiled model the weights, and the optimizer's state, of artifacts. */
export function stateFromArtifacts(model: Model, artifacts: io.ModelArtifacts, learningRate: number | null, where: string): void {
  const weights = weightsOf(artifacts, where);
  assignWeights(model, weights.model, where);
  restoreOptimizer(model, weights.optimizer, where, learningRate);
}

function joined(buffers: readonly ArrayBuffer[]): ArrayBuffer {
  return joinBytes(buffers.map(buffer => new Uint8Array(buffer))).buffer;
}
