import type * as jogak from './index.js';

/** What a program has imported as `tf`. */
export type Tf = typeof jogak;

/** Training and test data, as a program written for TensorFlow.js holds them. */
export interface Data {
  readonly trainXs: jogak.Tensor;
  readonly trainYs: jogak.Tensor;
  readonly testXs: jogak.Tensor;
  readonly testYs: jogak.Tensor;
}

/** What a program ended with. */
export interface Outcome {
  /** Loss of every epoch. */
  readonly losses: number[];
  /** On the test data, as `evaluate` says. */
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** On the test data, counted from `predict`. */
  readonly counted: number;
}

/** The CNN of TensorFlow.js' MNIST tutorial. @see https://www.tensorflow.org/js/tutorials/training/handwritten_digit_cnn */
export async function convolutional(tf: Tf, { trainXs, trainYs, testXs, testYs }: Data): Promise<Outcome> {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({
      inputShape: [28, 28, 1],
      kernelSize: 5,
      filters: 8,
      strides: 1,
      activation: 'relu',
      kernelInitializer: 'varianceScaling',
    }),
  );
  model.add(tf.layers.maxPooling2d({ poolSize: [2, 2], strides: [2, 2] }));
  model.add(tf.layers.conv2d({ kernelSize: 5, filters: 16, strides: 1, activation: 'relu', kernelInitializer: 'varianceScaling' }));
  model.add(tf.layers.maxPooling2d({ poolSize: [2, 2], strides: [2, 2] }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 10, kernelInitializer: 'varianceScaling', activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

  const losses: number[] = [];
  await model.fit(trainXs, trainYs, {
    batchSize: 10,
    validationData: [testXs, testYs],
    epochs: 3,
    shuffle: true,
    callbacks: { onEpochEnd: (_epoch, logs) => void losses.push(logs?.loss as number) },
  });

  const predicted = (model.predict(testXs) as jogak.Tensor).argMax(-1);
  const counted = predicted.equal(testYs.argMax(-1)).mean().dataSync()[0] as number;
  const [loss, accuracy] = model.evaluate(testXs, testYs) as jogak.Scalar[];
  return {
    losses,
    testLoss: loss?.dataSync()[0] as number,
    testAccuracy: accuracy?.dataSync()[0] as number,
    counted,
  };
}

/** A curve fitted by a functional model; the accuracy is how often it is right within 0.1. */
export async function regression(tf: Tf, { trainXs, trainYs, testXs, testYs }: Data): Promise<Outcome> {
  const input = tf.input({ shape: [1] });
  const hidden = tf.layers.dense({ units: 16, activation: 'tanh' }).apply(input) as jogak.SymbolicTensor;
  const output = tf.layers.dense({ units: 1 }).apply(hidden) as jogak.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: tf.losses.meanSquaredError });
  const { history } = await model.fit(trainXs, trainYs, { epochs: 60, batchSize: 16, verbose: 0 });
  const counted = tf.tidy(() => (model.predict(testXs) as jogak.Tensor).sub(testYs).abs().less(0.1).mean().dataSync())[0] as number;
  const testLoss = (model.evaluate(testXs, testYs) as jogak.Scalar).dataSync()[0] as number;
  return { losses: history.loss as number[], testLoss, testAccuracy: counted, counted };
}

/** Whether a sequence's numbers add up to more than nothing, told by an LSTM. */
export async function recurrent(tf: Tf, { trainXs, trainYs, testXs, testYs }: Data): Promise<Outcome> {
  const model = tf.sequential({
    layers: [tf.layers.lstm({ units: 8, inputShape: [8, 1] }), tf.layers.dense({ units: 1, activation: 'sigmoid' })],
  });
  model.compile({ optimizer: tf.train.rmsprop(0.02), loss: 'binaryCrossentropy', metrics: [tf.metrics.binaryAccuracy] });
  const { history } = await model.fit(trainXs, trainYs, { epochs: 8, batchSize: 32, verbose: 0 });
  const guessed = (model.predict(testXs) as jogak.Tensor).greater(0.5).toFloat();
  const counted = guessed.equal(testYs).mean().dataSync()[0] as number;
  const [loss, accuracy] = model.evaluate(testXs, testYs, { batchSize: 64 }) as jogak.Scalar[];
  return {
    losses: history.loss as number[],
    testLoss: loss?.dataSync()[0] as number,
    testAccuracy: accuracy?.dataSync()[0] as number,
    counted,
  };
}
