// What is trained on both sides: the recipes' data, as to shapes and sizes, in synthetic numbers.

const images = { inputs: [28, 28, 1], classes: 10, batchSize: 32, steps: 48_000 / 32 };
const words = { inputs: [100], vocabulary: 1000, classes: 2, batchSize: 32, steps: 20_000 / 32 };
const oneHotWords = { inputs: [100, 100], vocabulary: 100, classes: 2, batchSize: 32, steps: 20_000 / 32 };

/** Of each recipe: shape of a sample, number of ids (of texts), number of classes, samples of a step, and steps of an epoch. */
export const recipes = {
  'convolution-network': { ...images, batchSize: 128, steps: 48_000 / 128 },
  'fashion-cnn': images,
  'fashion-cnn-dropout': images,
  'recurrent-network': oneHotWords,
  'imdb-rnn': oneHotWords,
  'imdb-embedding-rnn': words,
  'imdb-lstm': words,
  'spam-lstm': { ...words, steps: 3_200 / 32 },
};

/** Numbers from 0 to below `limit`, the same ones in every run. */
function sequence(limit) {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/**
 * Data of so many steps: inputs, float32 of `shape`, and labels, float32 `[samples]`.
 *
 * Pixels are 0 … 1 and ids whole numbers, one-hot where the network takes them so.
 */
export function samples({ inputs, vocabulary, classes, batchSize }, steps) {
  const count = steps * batchSize;
  const shape = [count, ...inputs];
  const size = shape.reduce((product, axis) => product * axis, 1);
  const label = sequence(classes);
  const y = Float32Array.from({ length: count }, label);
  if (vocabulary === undefined) {
    const pixel = sequence(256);
    return { shape, x: Float32Array.from({ length: size }, () => pixel() / 255), y };
  }
  const id = sequence(vocabulary);
  if (inputs.length === 1) return { shape, x: Float32Array.from({ length: size }, id), y };
  const x = new Float32Array(size);
  for (let start = 0; start < size; start += vocabulary) x[start + id()] = 1;
  return { shape, x, y };
}
