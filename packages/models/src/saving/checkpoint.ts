import {
  ConfigError,
  FormatError,
  getRandomSeed,
  type Json,
  type OptionTable,
  options as optionKinds,
  setRandomSeed,
  tensor,
} from '@jogak/ops';
import { Callback } from '../callbacks/callback.js';
import { History } from '../callbacks/history.js';
import type { Model } from '../engine/model.js';
import { checkpointKey, stateFromArtifacts, toArtifacts } from './artifacts.js';
import { requireBuilt } from './save-model.js';
import { describePlace, type LoadSource, loadFrom, type SaveTarget, saveTo } from './targets.js';

/** What a checkpoint holds beside the model and the optimizer's state. */
export interface CheckpointOptions {
  /** Epochs that are completed: the `initialEpoch` of the run that goes on. */
  epoch: number;
  /** The callbacks of the run, whose states are kept. @default none */
  callbacks?: readonly Callback[];
}

const table: OptionTable<Required<CheckpointOptions>> = {
  epoch: optionKinds.required(optionKinds.integer(undefined, { min: 0 })),
  callbacks: {
    required: false,
    default: [],
    parse: value => {
      if (!Array.isArray(value) || !value.every(item => item instanceof Callback)) throw new optionKinds.Expected('a list of callbacks');
      return value;
    },
    serialize: () => null,
  },
};

/** What {@link loadCheckpoint} gives, for `fit`. */
export interface Resumed {
  /** The `initialEpoch` to go on with. */
  readonly epoch: number;
  /** The history so far; among the `callbacks` of `fit`, it is gone on with. */
  readonly history: History;
}

const version = 1;

type Stored = {
  version: number;
  epoch: number;
  seed: number;
  /** As callbacks may have set it; null when a schedule tells it. */
  learningRate: number | null;
  /** What stateful layers carry, in the order of `keptStates`. */
  states: number[][];
  history: Json;
  callbacks: Json[];
};

/**
 * Saves all that a run depends on: weights, the states of stateful layers, the optimizer's state, the history, the callbacks' states, the epoch and the seed. Take it in
 * `onEpochDone`; a run that goes on from it has the same bits as one that was never broken off. It is a model, too: `loadModel` loads it.
 *
 * @throws {ConfigError} when the model is not compiled or not built
 * @throws {DataError} `storage` when it cannot be written; an earlier checkpoint is then still there
 */
export async function saveCheckpoint(model: Model, target: SaveTarget, given: CheckpointOptions): Promise<void> {
  const { epoch, callbacks } = optionKinds.parseOptions<Required<CheckpointOptions>>(table, given, 'saveCheckpoint');
  requireBuilt(model);
  const stored: Stored = {
    version,
    epoch,
    seed: getRandomSeed(),
    learningRate: model.optimizer.state().learningRate,
    states: model.keptStates().map(state => [...state.value.dataSync()]),
    history: (model.history ?? new History()).state(),
    callbacks: ownStates(callbacks).map(callback => callback.state()),
  };
  await saveTo(target, toArtifacts(model, { includeOptimizer: true, metadata: { ...model.metadata, [checkpointKey]: stored } }));
}

/**
 * Puts a compiled and built model, its callbacks and the random seed back to where {@link saveCheckpoint} was called:
 *
 * ```ts
 * const { epoch, history } = await loadCheckpoint(model, 'run', { callbacks });
 * await model.fit(x, y, { epochs: 10, initialEpoch: epoch, callbacks: [history, ...callbacks] });
 * ```
 *
 * @param given the callbacks of the run that goes on: of the same kinds, in the same order
 * @throws {DataError} `data-missing` when there is no checkpoint
 * @throws {FormatError} when it is damaged, or of another model, optimizer or list of callbacks
 */
export async function loadCheckpoint(model: Model, source: LoadSource, given: Pick<CheckpointOptions, 'callbacks'> = {}): Promise<Resumed> {
  const { callbacks } = optionKinds.parseOptions<Pick<Required<CheckpointOptions>, 'callbacks'>>(
    { callbacks: table.callbacks },
    given,
    'loadCheckpoint',
  );
  const where = describePlace(source);
  const artifacts = await loadFrom(source);
  const stored = artifacts.userDefinedMetadata?.[checkpointKey as never] as Stored | undefined;
  if (!stored) throw new FormatError(`${where} is no checkpoint: nothing says where its training stood`);
  if (stored.version !== version)
    throw new FormatError(`${where} is a checkpoint of version ${stored.version}; this program reads version ${version}`);
  const own = ownStates(callbacks);
  if (own.length !== stored.callbacks.length)
    throw new ConfigError(
      `${where} holds the states of ${stored.callbacks.length} callbacks; got ${own.length}: give those of the run that saved it`,
    );
  requireBuilt(model);
  stateFromArtifacts(model, artifacts, stored.learningRate, where);
  restoreStates(model, stored.states, where);
  for (const [index, callback] of own.entries()) callback.restore(stored.callbacks[index] as Json);
  const history = new History();
  history.restore(stored.history);
  model.history = history;
  setRandomSeed(stored.seed);
  return { epoch: stored.epoch, history };
}

/** @throws {FormatError} when the model's layers do not carry as much */
function restoreStates(model: Model, saved: readonly (readonly number[])[], where: string): void {
  const states = model.keptStates();
  const fits = states.length === saved.length && states.every((state, index) => state.size === saved[index]?.length);
  if (!fits) throw new FormatError(`${where} holds the states of other stateful layers than the model has`);
  for (const [index, state] of states.entries())
    state.update(() => tensor([...(saved[index] as readonly number[])], state.shape, 'float32'));
}

/** The history is kept apart. */
function ownStates(callbacks: readonly Callback[]): Callback[] {
  return callbacks.filter(callback => !(callback instanceof History));
}
