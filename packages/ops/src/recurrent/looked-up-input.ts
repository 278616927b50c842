import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { lookupOf } from '../embedding/index.js';
import type { CellInputs } from './kernel-contract.js';

/**
 * Inputs of a cell's kernel. Where x was looked up in a table that has fewer rows than x, the table is multiplied by the kernel, not x, and
 * the kernel looks up the product: `(row of the table) · kernel` is a row of `table · kernel`. Their gradients, which are products of
 * the table's size, too, come with that product.
 */
export function withLookedUpInput<Inputs extends CellInputs<Tensor>>(inputs: Inputs): Inputs {
  const lookup = lookupOf(inputs.x);
  if (!lookup || lookup.ids.size <= lookup.table.shape[0]!) return inputs;
  return { ...inputs, x: lookup.ids, kernel: tf.matMul(lookup.table as Tensor2D, inputs.kernel as Tensor2D) };
}
