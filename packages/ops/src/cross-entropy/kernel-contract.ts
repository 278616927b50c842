/**
 * The kernels of cross-entropy and accuracy: what a backend that has faster ones registers, by these names. A backend may have some of
 * them, or none: the op is then composed of tfjs-core's ops, with the same result.
 *
 * Predictions are float32, and are taken as rows of `columns` numbers, whatever their shape.
 */

/** @see CrossEntropyInputs */
export const CROSS_ENTROPY = 'JogakCrossEntropy';
/** @see AccuracyInputs */
export const ACCURACY = 'JogakAccuracy';
/** @see SoftmaxGradInputs */
export const SOFTMAX_GRAD = 'JogakSoftmaxGrad';

/**
 * What targets and predictions are, row by row, with the value of a row; p are probabilities kept between `epsilon` and 1 − `epsilon`,
 * where their gradient is 0 beyond.
 *
 * - `softmax`: a probability for each column, against logits: `−Σ t · log softmax(x)`
 * - `sparseSoftmax`: a class number, against logits: `−log softmax(x)[t]`; 0 with gradient 0 where it is no column
 * - `sigmoid`: a yes or no for each column, against logits: `mean(max(x, 0) − x · t + log(1 + e^−|x|))`
 * - `categorical`: a probability for each column, against probabilities, x / Σ x = p: `−Σ t · log p`
 * - `sparseCategorical`: a class number, against probabilities: `−log p[t]`; p is 0 where it is no column
 * - `binary`: a yes or no for each column, against probabilities, x = p: `−mean(t · log p + (1 − t) · log(1 − p))`
 */
export type CrossEntropyKind = 'softmax' | 'sparseSoftmax' | 'sigmoid' | 'categorical' | 'sparseCategorical' | 'binary';

/**
 * `targets`: class numbers, int32, one a row; or, float32 or int32, one for each prediction.
 *
 * Outputs: the values, of `shape`, one a row; then, where `forGradient`, the gradient of each row's value by its predictions, of their
 * shape.
 */
export interface CrossEntropyInputs<T> {
  targets: T;
  predictions: T;
}

/** Attributes of {@link CROSS_ENTROPY}. */
export interface CrossEntropyAttrs {
  kind: CrossEntropyKind;
  columns: number;
  /** Of the values. */
  shape: readonly number[];
  epsilon: number;
  forGradient: boolean;
}

/**
 * How a prediction is right, row by row.
 *
 * - `sparse`: the first of the largest predictions is at the target, a class number
 * - `categorical`: it is where the first of the largest targets is
 * - `binary`: each prediction is above the threshold where the target is 1, and not where it is 0
 */
export type AccuracyKind = 'sparse' | 'categorical' | 'binary';

/**
 * `targets`: for `sparse` int32, one a row; for `categorical` float32, for `binary` float32 or int32, one for each prediction.
 *
 * Output `[2]`, float32: how many are right (rows; for `binary`, single predictions), and of how many.
 */
export interface AccuracyInputs<T> {
  targets: T;
  predictions: T;
}

/** Attributes of {@link ACCURACY}. */
export interface AccuracyAttrs {
  kind: AccuracyKind;
  columns: number;
  /** Of `binary`. */
  threshold: number;
}

/** `y […, columns]`, a softmax over the last axis, and the gradient of what follows, `dy`; both float32. Output: `y · (dy − Σ y · dy)`. */
export interface SoftmaxGradInputs<T> {
  y: T;
  dy: T;
}
