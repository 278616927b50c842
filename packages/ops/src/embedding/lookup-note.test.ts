import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { embeddingLookup, Parameter } from '../index.js';
import { updateParameters } from '../optimizer-update/index.js';
import { lookupOf } from './index.js';

const rows = [
  [1, 2],
  [3, 4],
];

describe('lookupOf', () => {
  it('knows table and ids of vectors that were looked up', () => {
    tf.tidy(() => {
      const table = tf.tensor2d(rows);
      const ids = tf.tensor1d([1, 0, 1], 'int32');
      const lookup = lookupOf(embeddingLookup(table, ids));
      expect(lookup?.table).toBe(table);
      expect(lookup?.ids).toBe(ids);
    });
  });

  it('knows the integers that float ids were made of, and none otherwise', () => {
    tf.tidy(() => {
      const table = tf.tensor2d(rows);
      const integers = tf.tensor1d([1, 0], 'int32');
      const ids = tf.cast(integers, 'float32');
      expect(lookupOf(embeddingLookup(table, ids))).toBeUndefined();
      tf.noteSource(ids, { array: tf.hostArray(Int32Array.of(1, 0)), tensor: integers });
      expect(lookupOf(embeddingLookup(table, ids))?.ids).toBe(integers);
    });
  });

  it('does not take other tensors for the vectors, or what was disposed of', () => {
    tf.tidy(() => {
      const table = tf.tensor2d(rows);
      const ids = tf.tensor1d([1, 0], 'int32');
      const vectors = embeddingLookup(table, ids);
      expect(lookupOf(tf.clone(vectors))).toBeUndefined();
      expect(lookupOf(tf.add(vectors, 0))).toBeUndefined();
      ids.dispose();
      expect(lookupOf(vectors)).toBeUndefined();
    });
  });

  it('forgets what was looked up before the table got other values, or was written in place', () => {
    tf.tidy(() => {
      const parameter = new Parameter({ path: 'table', value: tf.tensor2d(rows) });
      const ids = tf.tensor1d([1, 0], 'int32');
      const before = embeddingLookup(parameter.value, ids);
      parameter.value.assign(tf.tensor2d(rows));
      expect(lookupOf(before)).toBeUndefined();
      const vectors = embeddingLookup(parameter.value, ids);
      updateParameters({ name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false }, [
        { parameter, gradient: tf.ones([2, 2]), slots: [] },
      ]);
      expect(lookupOf(vectors)).toBeUndefined();
      parameter.dispose();
    });
  });

  it('holds within the outermost gradient function only, if the lookup was recorded there', () => {
    tf.tidy(() => {
      const table = tf.tensor2d(rows);
      const ids = tf.tensor1d([1, 0], 'int32');
      const early = embeddingLookup(table, ids);
      tf.grad((x: tf.Tensor) => {
        const vectors = embeddingLookup(x, ids);
        expect(lookupOf(vectors)?.table).toBe(x);
        expect(lookupOf(early)).toBeUndefined();
        tf.grad((inner: tf.Tensor) => {
          expect(lookupOf(vectors)).toBeUndefined();
          return tf.sum(inner);
        })(vectors);
        return tf.sum(vectors);
      })(table);
    });
  });
});
