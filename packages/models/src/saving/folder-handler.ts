import { DataError, FormatError, type io } from '@jogak/ops';
import type { FileStore } from '../platform/platform.js';
import { joinBytes } from './join-bytes.js';

/** A model as a folder's JSON file has it; the weights are in files beside it. */
type ModelJson = Partial<io.ModelJSON>;

/**
 * Saves a model to a folder and loads it from there: `model.json`, and its weights in a file that is named after its bytes. The JSON
 * file is put in its place last, in one step, so that whenever the program ends there is the old model or the new one, whole; and
 * damaged weights are noticed.
 *
 * @param path the folder, or the `.json` file
 */
export function folderHandler(files: FileStore, path: string): io.IOHandler {
  const isFile = /\.json$/i.test(path);
  const jsonPath = isFile ? path : files.join(path, 'model.json');
  const folder = isFile ? files.join(path, '..') : path;
  const stem = (jsonPath.split(/[/\\]/).at(-1) as string).replace(/\.json$/i, '');
  const prefix = stem === 'model' ? 'weights' : `${stem}.weights`;
  return {
    save: artifacts => save({ files, jsonPath, folder, prefix }, artifacts),
    load: () => load({ files, jsonPath, folder, prefix }),
  };
}

interface Place {
  readonly files: FileStore;
  readonly jsonPath: string;
  readonly folder: string;
  /** What the names of the weights' files begin with. */
  readonly prefix: string;
}

async function save({ files, jsonPath, folder, prefix }: Place, artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
  const { weightSpecs = [], weightData, ...rest } = artifacts;
  await requireOurs(files, jsonPath);
  const bytes = new Uint8Array(weightData as ArrayBuffer);
  const name = `${prefix}.${files.hash(bytes).slice(0, 16)}.bin`;
  const json: io.ModelJSON = {
    ...rest,
    modelTopology: rest.modelTopology as object,
    weightsManifest: [{ paths: [name], weights: weightSpecs }],
  };
  await files.write(files.join(folder, name), bytes);
  await files.write(jsonPath, JSON.stringify(json));
  for (const other of await files.list(folder)) {
    const isOurs = other.startsWith(`${prefix}.`) && /^[0-9a-f]{16}\.bin$/.test(other.slice(prefix.length + 1));
    if (isOurs && other !== name) await files.remove(files.join(folder, other));
  }
  return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON', weightDataBytes: bytes.byteLength } };
}

async function load({ files, jsonPath, folder }: Place): Promise<io.ModelArtifacts> {
  const text = await files.read(jsonPath);
  if (!text) throw new DataError(`there is no model at "${jsonPath}"; model.save makes one`, { code: 'data-missing' });
  const { weightsManifest, ...rest } = parse(new TextDecoder().decode(text), jsonPath);
  const parts = await Promise.all((weightsManifest ?? []).flatMap(group => group.paths).map(name => readWeights(files, folder, name)));
  return {
    ...rest,
    weightSpecs: (weightsManifest ?? []).flatMap(group => group.weights),
    weightData: joinBytes(parts).buffer,
  } as io.ModelArtifacts;
}

/** @throws {DataError} where a file stands that holds something else than a model: a `package.json`, for one */
async function requireOurs(files: FileStore, path: string): Promise<void> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode((await files.read(path)) ?? new Uint8Array()));
  } catch {
    // A model that is cut off or damaged is saved again; what cannot be written says so itself.
    return;
  }
  if (typeof json !== 'object' || json === null || !('modelTopology' in json))
    throw new DataError(`"${path}" is there and holds no model; save to another place, or take it away first`, { code: 'storage' });
}

function parse(text: string, path: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new FormatError(`"${path}" is no JSON, so it is cut off or damaged; save or copy the model again`, { cause: error });
  }
  if (typeof json !== 'object' || json === null || !('modelTopology' in json))
    throw new FormatError(`"${path}" holds no model: it has no modelTopology, as the files of model.save and tfjs-layers do`);
  return json as ModelJson;
}

async function readWeights(files: FileStore, folder: string, name: string): Promise<Uint8Array> {
  const path = files.join(folder, name);
  const bytes = await files.read(path);
  if (!bytes) throw new DataError(`the weights "${path}" are missing; copy them beside the model's JSON file`, { code: 'data-missing' });
  const hash = /\.([0-9a-f]{16})\.bin$/.exec(name)?.[1];
  if (hash && !files.hash(bytes).startsWith(hash))
    throw new FormatError(`"${path}" is cut off or damaged: its bytes are not those that were saved; save or copy the model again`);
  return bytes;
}
