import { dataSets } from '@jogak/datasets';
import { recipes } from '@jogak/models';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../arguments/parse-arguments.js';
import { documentCommands } from './document.js';
import { commands } from './index.js';
import { dataSetNames, recipeNames } from './names.js';

describe('the commands as documentation', () => {
  it('know every recipe and data set', () => {
    expect(recipeNames).toEqual(recipes.map(recipe => recipe.name));
    expect(dataSetNames).toEqual(dataSets.map(dataSet => dataSet.name));
  });

  it('write options as they are typed, and as config files have them', () => {
    const [train] = documentCommands();
    expect(train?.options).toContainEqual({
      usage: '--batch-size N',
      configKey: 'batchSize',
      description: "Samples of a step; the recipe's number by default, 32 for one's own data",
    });
    expect(train?.options.find(option => option.usage === '--resume')?.configKey).toBeNull();
    expect(train?.options[0]?.usage).toBe('RECIPE');
  });

  it('have examples that the parser takes', () => {
    for (const { examples } of documentCommands())
      for (const { command } of examples) {
        const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? (plain as string));
        expect(parseArguments(args.slice(1), { commands, version: '', columns: 80 })).toHaveProperty('options');
      }
  });
});
