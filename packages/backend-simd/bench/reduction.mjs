// Reductions, moves, resizing, cross-entropy and normalization: `node bench/reduction.mjs [part of a name]`, after the build.
// Compares simd (one thread, then all) with cpu, as @jogak/ops has it, in turns within one run; prints the best round in µs, the ratio, and the
// bytes read and written a second.
import * as ops from '@jogak/ops';
import { compareWithCpu } from './compare.mjs';

const random = shape => ops.randomUniform(shape, -1, 1);
const ids = (shape, end) => ops.cast(ops.randomUniform(shape, 0, end), 'int32');

/** name, MB read and written, what runs. Made on the backend in use. */
function cases() {
  const bias = random([25088, 10]);
  const small = random([32, 10]);
  const logits = random([1024, 1000]);
  const table = random([1000, 32]);
  const words = ids([32, 100], 1000);
  const flatWords = ids([3200], 1000);
  const gradients = random([3200, 32]);
  const square = random([1024, 1024]);
  const image = random([32, 32, 32, 16]);
  const short = random([32768, 16]);
  const truths = ops.greater(square, 0);
  const small512 = random([512, 512]);
  const places = ids([512, 1], 512);
  const pictures = random([8, 32, 32, 16]);
  const tokens = random([1024, 256]);
  const [channels, features] = [random([16]), random([256])];
  const labels = ids([32], 10);
  const p = ops.softmax(small);
  const entropy = () => ops.sum(ops.sparseCategoricalCrossEntropy(labels, p));
  return [
    ['sum, bias gradient [25088, 10]', 1.0, () => ops.sum(bias, 0)],
    ['sum [32, 10]', 0, () => ops.sum(small, 0)],
    ['sum, all of 1024²', 4.2, () => ops.sum(square)],
    ['sum, rows of [32768, 16]', 2.2, () => ops.sum(short, 1)],
    ['any, rows of 1024²', 1.0, () => ops.any(truths, 1)],
    ['argMax, rows of 1024²', 4.2, () => ops.argMax(square, 1)],
    ['max, rows of 1024²', 4.2, () => ops.max(square, 1)],
    ['argMax [32, 10]', 0, () => ops.argMax(small, 1)],
    ['softmax [32, 10]', 0, () => ops.softmax(small)],
    ['softmax [1024, 1000]', 8.2, () => ops.softmax(logits)],
    ['log-softmax [1024, 1000]', 8.2, () => ops.logSoftmax(logits)],
    ['cross-entropy [32, 10]', 0, entropy],
    ['cross-entropy and gradient [32, 10]', 0, () => ops.valueAndGrad(x => ops.sum(ops.sparseCategoricalCrossEntropy(labels, x)))(p)],
    ['accuracy [32, 10]', 0, () => ops.countRight('sparse', labels, p)],
    ['transpose 1024²', 8.4, () => ops.transpose(square)],
    ['transpose [32, 1024, 16] by [0, 2, 1]', 4.2, () => ops.transpose(ops.reshape(image, [32, 1024, 16]), [0, 2, 1])],
    ['gather [3200] of [1000, 32]', 0.8, () => ops.gather(table, words)],
    ['segment sum [3200, 32] to 1000', 0.5, () => ops.unsortedSegmentSum(gradients, flatWords, 1000)],
    ['gatherND 512 rows of [512, 512]', 2.1, () => ops.gatherND(small512, places)],
    ['scatterND 512 rows to [512, 512]', 3.1, () => ops.scatterND(places, small512, [512, 512])],
    ['scatter update of 512 rows of [512, 512]', 4.2, () => ops.tensorScatterUpdate(small512, places, small512)],
    ['one-hot [3200] to 100', 1.3, () => ops.oneHot(flatWords, 100)],
    ['concat 2 × 1024², axis 1', 16.8, () => ops.concat([square, square], 1)],
    [
      'pad [32, 32, 32, 16]',
      4.6,
      () =>
        ops.pad4d(image, [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ]),
    ],
    ['resize bilinear [8, 32, 32, 16] to 64²', 2.6, () => ops.image.resizeBilinear(pictures, [64, 64])],
    ['resize nearest [8, 32, 32, 16] to 64²', 2.6, () => ops.image.resizeNearestNeighbor(pictures, [64, 64])],
    ['resize bilinear and gradient', 5.2, () => ops.grad(x => ops.image.resizeBilinear(x, [64, 64]))(pictures)],
    ['top 5 of [1024, 1000]', 4.1, () => ops.topk(logits, 5).values],
    ['batch norm [32, 32, 32, 16]', 6.3, () => ops.normalizeBatch(image, channels, channels, 3, 1e-3).y],
    ['batch norm and gradient', 14.7, () => ops.grad(x => ops.normalizeBatch(x, channels, channels, 3, 1e-3).y)(image)],
    ['layer norm [1024, 256]', 2.1, () => ops.normalizeLayer(tokens, features, features, [1], 1e-3)],
    ['layer norm and gradient', 5.2, () => ops.grad(x => ops.normalizeLayer(x, features, features, [1], 1e-3))(tokens)],
  ];
}

await compareWithCpu(cases);
