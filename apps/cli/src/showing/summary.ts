import { getRecipe, recipes } from '@jogak/models';
import { UsageError } from '../arguments/usage-error.js';
import type { SummaryOptions } from '../commands/summary.js';
import { openModel } from '../model/open-model.js';
import { print, terminalColumns } from '../output/terminal.js';

/** Runs `jogak summary`. @returns the exit code */
export async function summary({ network }: SummaryOptions): Promise<number> {
  if (network === undefined) throw new UsageError('say of what: jogak summary RECIPE, or the folder of a run');
  const isRecipe = recipes.some(recipe => recipe.name === network);
  const model = isRecipe ? getRecipe(network).build() : (await openModel(network, { orRecipe: true })).model;
  model.summary({ printFn: print, lineLength: Math.min(88, terminalColumns()) });
  return 0;
}
