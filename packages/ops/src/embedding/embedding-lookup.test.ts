import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { embeddingLookup, ShapeError } from '../index.js';

describe('embeddingLookup', () => {
  const rows = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];

  it('takes the rows that the ids name', () => {
    tf.tidy(() => {
      const table = tf.tensor2d(rows);
      expect(
        embeddingLookup(
          table,
          tf.tensor2d(
            [
              [2, 0],
              [2, 1],
            ],
            [2, 2],
            'int32',
          ),
        ).arraySync(),
      ).toEqual([
        [rows[2], rows[0]],
        [rows[2], rows[1]],
      ]);
      expect(embeddingLookup(table, tf.tensor1d([1])).arraySync()).toEqual([rows[1]]);
    });
  });

  it('adds up the gradients of an id that comes twice, and gives 0 to one that does not come', () => {
    tf.tidy(() => {
      const ids = tf.tensor2d(
        [
          [2, 0],
          [2, 2],
        ],
        [2, 2],
        'int32',
      );
      const weights = tf.tensor3d([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [10, 20],
          [100, 200],
        ],
      ]);
      const gradient = tf.grad((table: tf.Tensor) => tf.sum(tf.mul(embeddingLookup(table, ids), weights)))(tf.tensor2d(rows));
      expect(gradient.arraySync()).toEqual([
        [3, 4],
        [0, 0],
        [111, 222],
      ]);
    });
  });

  it('leaves no tensor behind', () => {
    const table = tf.tensor2d(rows);
    const ids = tf.tensor1d([0, 1]);
    const before = tf.memory().numTensors;
    embeddingLookup(table, ids).dispose();
    tf.grad((x: tf.Tensor) => tf.sum(embeddingLookup(x, ids)))(table).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('needs a matrix', () => {
    expect(() => embeddingLookup(tf.zeros([3]), tf.zeros([1]))).toThrow(
      new ShapeError('embeddingLookup needs a table of shape [vocabulary, dim]; got [3]'),
    );
  });
});
