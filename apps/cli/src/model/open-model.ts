import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type InputFormat, loadModel, type Model, metadataVersion, recipes } from '@jogak/models';
import { options as config, DataError, FormatError, isJogakError } from '@jogak/ops';
import { z } from 'zod';

const description = z.object({
  version: z.literal(metadataVersion),
  recipe: z.string(),
  seed: z.int(),
  classNames: z.array(z.string()),
  format: z.looseObject({ kind: z.enum(['image', 'text', 'table']) }),
});

/** A trained model, and what its file says of how to use it. */
export interface OpenModel {
  readonly model: Model;
  /** Null when the file says nothing: a model that other programs saved. */
  readonly use: ModelUse | null;
}

/** What a saved model says of how to use it. */
export interface ModelUse {
  /** The recipe that it comes from; `images` or `csv` for one's own data. */
  readonly recipe: string;
  /** Seed of the split that it was trained with. */
  readonly seed: number;
  readonly classNames: readonly string[];
  readonly format: InputFormat;
}

/**
 * Opens the model of a run.
 *
 * @param path a run's folder, or a model.json
 * @throws {DataError} `data-missing` when there is none
 * @throws {FormatError} when it, or what it says of its use, is damaged
 */
export async function openModel(path: string, { orRecipe = false } = {}): Promise<OpenModel> {
  let model: Model;
  try {
    model = await loadModel(path);
  } catch (error) {
    // Where there is a model.json, something else is missing, and the error names it.
    if (!isJogakError(error, 'data-missing') || existsSync(join(path, 'model.json'))) throw error;
    const names = recipes.map(recipe => recipe.name);
    throw new DataError(
      orRecipe
        ? `there is no recipe and no model "${path}"${config.suggestion(path, names)}`
        : `there is no model in ${path}: name the folder of a run, as jogak train makes it, or a model.json`,
      { code: 'data-missing', cause: error },
    );
  }
  return { model, use: useOf(model, path) };
}

/** {@link openModel} for those that have to know what the model reads. @throws {DataError} when its file does not say */
export async function openTrained(path: string): Promise<{ model: Model; use: ModelUse }> {
  const { model, use } = await openModel(path);
  if (!use)
    throw new DataError(`the model in ${path} does not say what it reads, since jogak train did not make it; use it from a program`);
  return { model, use };
}

function useOf(model: Model, path: string): ModelUse | null {
  if (model.metadata.jogak === undefined) return null;
  const result = description.safeParse(model.metadata.jogak);
  if (!result.success) throw new FormatError(`what the model in ${path} says of its use is damaged, or of another version of jogak`);
  const { recipe, seed, classNames, format } = result.data;
  return { recipe, seed, classNames, format: format as unknown as InputFormat };
}
