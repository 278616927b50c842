import {
  type Adagrad,
  type Adam,
  type AdamW,
  adagrad,
  adam,
  adamw,
  type OptimizerOptions,
  type RMSprop,
  rmsprop,
  type SGD,
  sgd,
} from '@jogak/optimizers';

/** A number, or a schedule that gives one for each step. */
type LearningRate = NonNullable<OptimizerOptions['learningRate']>;

/** Options that were given: one that is left out, or null as TensorFlow.js writes it, has its default. */
function given<Options extends object>(values: { [Key in keyof Options]: Options[Key] | null | undefined }): Options {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as Options;
}

/**
 * Optimizers with the arguments that TensorFlow.js' `tf.train` has, in its order. They are those of `optimizers`, whose factories take all options
 * by name: updates are Keras' formulas, and every argument is optional.
 *
 * @see https://js.tensorflow.org/api/latest/#Training-Optimizers
 */
export const train = {
  /** Gradient descent. @param learningRate @default 0.01 */
  sgd: (learningRate?: LearningRate): SGD => sgd(given({ learningRate })),

  /** Gradient descent with momentum. @param learningRate @default 0.01 @param momentum @default 0.9 */
  momentum: (learningRate?: LearningRate, momentum: number = 0.9, useNesterov: boolean = false): SGD =>
    sgd(given({ learningRate, momentum, nesterov: useNesterov })),

  /** Adam. @param learningRate @default 0.001 */
  adam: (learningRate?: LearningRate, beta1?: number, beta2?: number, epsilon?: number | null): Adam =>
    adam(given({ learningRate, beta1, beta2, epsilon })),

  /** Adam with weight decay apart from the gradient; TensorFlow.js has none. @param weightDecay @default 0.004 */
  adamw: (learningRate?: LearningRate, weightDecay?: number, beta1?: number, beta2?: number, epsilon?: number | null): AdamW =>
    adamw(given({ learningRate, weightDecay, beta1, beta2, epsilon })),

  /** Adagrad. @param learningRate @default 0.001 */
  adagrad: (learningRate?: LearningRate, initialAccumulatorValue?: number): Adagrad =>
    adagrad(given({ learningRate, initialAccumulatorValue })),

  /** RMSprop. @param learningRate @default 0.001 @param decay part of the mean of squares that stays @default 0.9 */
  rmsprop: (learningRate?: LearningRate, decay?: number, momentum?: number, epsilon?: number | null, centered?: boolean): RMSprop =>
    rmsprop(given({ learningRate, rho: decay, momentum, epsilon, centered })),
} as const;
