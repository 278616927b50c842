import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { ShapeError } from '../errors.js';
import { sourceOf } from '../tensor-source.js';
import { noteLookup } from './lookup-note.js';

/**
 * The rows of `table` that `ids` name: ids of shape `[…]` give `[…, dim]`. The gradient adds up the rows of each id (a segment sum), so that it costs
 * what the ids cost, not what a product with their one-hot vectors would. A recurrent op whose input this is may look up the table's product
 * with its kernel instead.
 *
 * @param table `[vocabulary, dim]`, float32
 * @param ids any shape; int32, or float32 with whole numbers; from 0 to vocabulary − 1. They are checked on the host, before they become a tensor;
 *   what a kernel does with others is the backend's own (`cpu` throws an error).
 * @throws {ShapeError} when `table` is not a matrix
 */
export function embeddingLookup(table: Tensor, ids: Tensor): Tensor {
  if (table.rank !== 2) throw new ShapeError(`embeddingLookup needs a table of shape [vocabulary, dim]; got [${table.shape.join(', ')}]`);
  const integers = ids.dtype === 'int32' ? ids : sourceOf(ids)?.tensor;
  const known = integers?.dtype === 'int32' ? integers : undefined;
  const vectors = tf.tidy(() => {
    const rows = known ?? tf.cast(ids, 'int32');
    // tfjs-core's gradient of gather does the same between two transposes, which here would only copy.
    const lookup = tf.customGrad((weights, save) => {
      (save as (tensors: Tensor[]) => void)([rows]);
      return {
        value: tf.gather(weights as Tensor2D, rows),
        gradFunc: (dy, saved) => {
          const [index] = saved as [Tensor];
          return tf.unsortedSegmentSum(
            tf.reshape(dy, [index.size, table.shape[1]!]),
            tf.reshape(index, [index.size]) as Tensor1D,
            table.shape[0]!,
          );
        },
      };
    });
    return lookup(table);
  });
  // Integers that were made here are gone by now.
  if (known) noteLookup(vectors, { table, ids: known });
  return vectors;
}
