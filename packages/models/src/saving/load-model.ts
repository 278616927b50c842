import type { LayerClass } from '@jogak/layers';
import { type Option, options } from '@jogak/ops';
import type { Model } from '../engine/model.js';
import { fromArtifacts } from './from-artifacts.js';
import { describePlace, type LoadSource, loadFrom } from './targets.js';

/** Options of {@link loadModel}. */
export interface LoadOptions {
  /** Layer and model classes by the names that the file has for them, before those of `registerLayer`. @default none */
  customObjects?: Readonly<Record<string, LayerClass>>;
  /** Whether to compile the model as it was, and go on from its optimizer's state, where the file says how. @default true */
  compile?: boolean;
}

const customObjects: Option<Readonly<Record<string, LayerClass>>> = {
  required: false,
  default: {},
  parse: value => {
    const isClasses = typeof value === 'object' && value !== null && Object.values(value).every(item => typeof item === 'function');
    if (!isClasses) throw new options.Expected('classes by name');
    return value as Readonly<Record<string, LayerClass>>;
  },
  serialize: () => null,
};

const table = { customObjects, compile: options.boolean(true) };

/**
 * Loads a model that was saved by `model.save`, by tfjs-layers, or converted for it from Keras 2. What it needs to predict with is in its
 * `metadata`.
 *
 * @param source a folder or its `model.json` (Node), an address, or what gives the artifacts itself
 * @throws {DataError} `data-missing` when it is not there, `download` when an address does not give it
 * @throws {FormatError} when a file is cut off, damaged, or of another kind
 * @throws {ConfigError} for layers and options that there are not: classes of one's own go into `customObjects` or `registerLayer`
 */
export async function loadModel(source: LoadSource, given: LoadOptions = {}): Promise<Model> {
  const config = options.parseOptions<Required<LoadOptions>>(table, given, 'loadModel');
  return fromArtifacts(await loadFrom(source), config, describePlace(source));
}

/** {@link loadModel}, as tfjs-layers has it. */
export const loadLayersModel: typeof loadModel = loadModel;
