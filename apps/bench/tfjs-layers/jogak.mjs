// Trains a recipe's network, as the recipe builds it, on Jogak's `cpu`.
import { getRecipe } from '@jogak/models';
import { hostArray } from '@jogak/ops';
import { recipes } from './recipes.mjs';
import { serve } from './side.mjs';

const [, , name] = process.argv;
const recipe = recipes[name];
const model = getRecipe(name).build();
serve(
  recipe,
  ({ x, y, shape }) => [hostArray(x, shape), hostArray(Int32Array.from(y), [y.length])],
  ([x, y]) => model.fit(x, y, { batchSize: recipe.batchSize, epochs: 1 }),
);
