import { getRecipe, type Model } from '@jogak/models';
import { setRandomSeed } from '@jogak/ops';
import { lstm256 } from './lstm256.js';
import { resnet20 } from './resnet20.js';
import { transformer } from './transformer.js';

const ours: Readonly<Record<string, () => Model>> = { 'resnet-20': resnet20, transformer, 'lstm-256': lstm256 };

/** Jogak's network of a recipe, or of this benchmark alone; compiled, with the same first weights every time. */
export function buildNetwork(name: string): Model {
  setRandomSeed(1);
  return (ours[name] ?? getRecipe(name).build)();
}
