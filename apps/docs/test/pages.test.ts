import { readdirSync, readFileSync } from 'node:fs';
import { getRecipe, recipes } from '@jogak/models';
import { describe, expect, it } from 'vitest';
import { runReadme, tsBlocks } from '../../../tools/readme-example.js';
import { parseArguments } from '../../cli/src/arguments/parse-arguments.js';
import { commands } from '../../cli/src/commands/index.js';

const root = new URL('../', import.meta.url);

/** All pages that are written by hand. */
const pages = ['.', 'guide', 'packages', 'recipes', 'benchmarks', 'ko']
  .flatMap(folder => listed(folder).map(name => (folder === '.' ? name : `${folder}/${name}`)))
  .filter(name => name.endsWith('.md'));

function listed(folder: string): string[] {
  try {
    return readdirSync(new URL(`${folder}/`, root));
  } catch {
    return [];
  }
}

const read = (page: string): string => readFileSync(new URL(page, root), 'utf8');

/** Command lines in a page's `sh` blocks that are for our own program. */
function jogakLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh[ \t]*\r?\n(.*?)^```/gms)].map(match => match[1] as string);
  return blocks.flatMap(block => block.split('\n')).filter(line => /^(jogak|npm run jogak --) /.test(line));
}

/** The arguments of a command line that has nothing but words and double quotes. */
function argumentsOf(line: string): string[] {
  const words = line.replace(/^(jogak|npm run jogak --) /, '').matchAll(/"([^"]*)"|(\S+)/g);
  return [...words].map(([, quoted, word]) => quoted ?? (word as string));
}

describe('the pages', () => {
  it.each(pages.filter(page => tsBlocks(read(page)).length > 0))('%s has code that runs and prints what it promises', async page => {
    await runReadme(new URL(page, root));
  });

  it.each(pages.filter(page => jogakLines(read(page)).length > 0))('%s has commands that the command line takes', page => {
    for (const line of jogakLines(read(page)))
      expect(() => parseArguments(argumentsOf(line), { commands, version: '0.0.0', columns: null }), line).not.toThrow();
  });

  it.each(recipes.map(recipe => recipe.name))('%s has a page with network and curve, and a recorded run behind it', name => {
    const page = read(`recipes/${name}.md`);
    expect(page).toContain(`<RecipeNetwork name="${name}" />`);
    expect(page).toContain(`<RecipeCurve name="${name}" />`);
    const run = JSON.parse(read(`recipes/curves/${name}.json`));
    expect(run.command).toMatch(new RegExp(`^jogak train ${name} `));
    expect(run.history.val_accuracy).toHaveLength(run.history.loss.length);
    expect(argumentsOf(run.command)).toContain(getRecipe(name).sample ? '--sample' : '--data');
  });

  it('of results has the curves of every recipe, and behind them runs in full, one a seed', () => {
    const page = read('recipes/results.md');
    for (const { name } of recipes) expect(page).toContain(`## ${name}\n\n<ResultCurve name="${name}" />\n`);
    const { runs } = JSON.parse(read('recipes/results.json')) as { runs: { recipe: string; seed: number; validation: number[] }[] };
    for (const { recipe, validation } of runs) expect(validation).toHaveLength(getRecipe(recipe).epochs);
    expect(new Set(runs.map(({ recipe, seed }) => `${recipe} ${seed}`)).size).toBe(runs.length);
  });
});
