import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { embeddingLookup, gru, lstm, simpleRnn } from '../index.js';
import { onPlainBackend } from './plain-backend.testing.js';

const OPS = { simpleRnn, lstm, gru };
const GATES = { simpleRnn: 1, lstm: 4, gru: 3 };
const VOCABULARY = 5;
const DIM = 3;
const UNITS = 6;
const BATCH = 3;
const STEPS = 4;

const draw = (path: string, shape: number[]): tf.Tensor =>
  tf.tensor(tf.normalValues(tf.randomKey(11, path), shape).map(Math.fround), shape);

/** A loss of a recurrent op whose input is looked up; `input` may put something between the two. */
type Loss = (tensors: { table: tf.Tensor; kernel: tf.Tensor; recurrentKernel: tf.Tensor; h: tf.Tensor }) => tf.Scalar;

/** Loss and gradients. */
function evaluate(cell: keyof typeof OPS, loss: Loss): number[][] {
  return tf.tidy(() => {
    const columns = GATES[cell] * UNITS;
    const names = ['table', 'kernel', 'recurrentKernel', 'h'] as const;
    const shapes = { table: [VOCABULARY, DIM], kernel: [DIM, columns], recurrentKernel: [UNITS, columns], h: [BATCH, UNITS] };
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
      loss(Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor])) as never),
    )(names.map(name => draw(name, shapes[name])));
    return [value, ...grads].map(tensor => [...tensor.dataSync()]);
  });
}

const ids = (): tf.Tensor => tf.tensor2d([4, 0, 1, 1, 2, 0, 0, 4, 1, 2, 0, 4], [BATCH, STEPS], 'int32');

const CASES: [string, object][] = [
  ['forwards', {}],
  ['backwards', { goBackwards: true }],
  ['masked', { mask: [1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0] }],
];

describe.each(['simpleRnn', 'lstm', 'gru'] as const)('%s of vectors that were looked up', cell => {
  const lossOf =
    (options: object, between: (x: tf.Tensor) => tf.Tensor, alsoVectors = false): Loss =>
    ({ table, kernel, recurrentKernel, h }) => {
      const { mask, ...rest } = options as { mask?: number[] };
      const vectors = embeddingLookup(table, ids());
      const initialState = cell === 'lstm' ? [h, tf.zerosLike(h)] : [h];
      const given = mask ? { mask: tf.tensor2d(mask, [BATCH, STEPS], 'bool') } : {};
      const { sequence } = OPS[cell]({ x: between(vectors), kernel, recurrentKernel, initialState, ...rest, ...given });
      const weights = draw('weights', [BATCH, STEPS, UNITS]);
      const loss = tf.sum(tf.mul(sequence, weights));
      // What else the table and its vectors are used for adds to the gradient.
      return (alsoVectors ? tf.addN([loss, tf.sum(tf.square(vectors)), tf.sum(tf.mul(table, 3))]) : loss) as tf.Scalar;
    };
  const copied = (x: tf.Tensor): tf.Tensor => tf.mul(x, 1);
  const same = (x: tf.Tensor): tf.Tensor => x;
  const expectClose = (actual: number[][], expected: number[][]): void =>
    actual.forEach((values, i) => {
      values.forEach((value, j) => {
        const wanted = expected[i]![j]!;
        expect(Math.abs(value - wanted), `${i}, ${j}`).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted)));
      });
    });

  it.each(CASES)('is, with its gradients, what it is of a copy of them, to 1e-5: %s', (_, options) => {
    expectClose(evaluate(cell, lossOf(options, same)), evaluate(cell, lossOf(options, copied)));
    expectClose(evaluate(cell, lossOf(options, same, true)), evaluate(cell, lossOf(options, copied, true)));
  });

  it('is so on a backend without the kernels', async () => {
    const expected = evaluate(cell, lossOf({}, same));
    expectClose(await onPlainBackend(() => evaluate(cell, lossOf({}, same))), expected);
  });

  it('multiplies the table instead of the vectors, where it has fewer rows than there are ids', async () => {
    const products = async (rows: number): Promise<string[]> => {
      const columns = GATES[cell] * UNITS;
      const table = draw('table', [rows, DIM]);
      const kernel = draw('kernel', [DIM, columns]);
      const recurrentKernel = draw('recurrentKernel', [UNITS, columns]);
      const { kernels } = await tf.profile(() => tf.tidy(() => OPS[cell]({ x: embeddingLookup(table, ids()), kernel, recurrentKernel })));
      return kernels.map(({ name }) => name).filter(name => name === 'BatchMatMul');
    };
    expect(await products(BATCH * STEPS - 1)).toEqual(['BatchMatMul']);
    expect(await products(BATCH * STEPS)).toEqual([]);
  });

  it('has a gradient of the vectors within that of a function which looks them up', () => {
    tf.tidy(() => {
      const columns = GATES[cell] * UNITS;
      const kernel = draw('kernel', [DIM, columns]);
      const recurrentKernel = draw('recurrentKernel', [UNITS, columns]);
      const of = (x: tf.Tensor): tf.Scalar => tf.sum(OPS[cell]({ x, kernel, recurrentKernel }).sequence);
      let inner: tf.Tensor | undefined;
      tf.grad((table: tf.Tensor) => {
        const vectors = embeddingLookup(table, ids());
        inner = tf.keep(tf.grad(of)(vectors));
        return tf.sum(vectors);
      })(draw('table', [VOCABULARY, DIM]));
      const vectors = tf.mul(embeddingLookup(draw('table', [VOCABULARY, DIM]), ids()), 1);
      expectClose([[...inner!.dataSync()]], [[...tf.grad(of)(vectors).dataSync()]]);
      inner!.dispose();
    });
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    evaluate(cell, lossOf({}, same, true));
    expect(tf.memory().numTensors).toBe(before);
  });
});
