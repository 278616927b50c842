/**
 * The kernels of normalization: what a backend that has faster ones registers, by these names. A backend may have some of them, or none:
 * the op is then composed of tfjs-core's ops, with the same result. A kernel and its `…Grad` come together. All numbers are float32.
 */

/** @see BatchNormInputs */
export const BATCH_NORM = 'JogakBatchNorm';
/** @see BatchNormGradInputs */
export const BATCH_NORM_GRAD = 'JogakBatchNormGrad';
/** @see LayerNormInputs */
export const LAYER_NORM = 'JogakLayerNorm';
/** @see LayerNormGradInputs */
export const LAYER_NORM_GRAD = 'JogakLayerNormGrad';

/** Attributes of all four. */
export interface NormAttrs {
  /** Added to the variance. */
  epsilon: number;
}

/**
 * `x […, channels]`, `gamma` and `beta [channels]`. Outputs: `(x − mean) / √(variance + epsilon) · gamma + beta`, of the shape of `x`; the
 * mean of each channel over all other axes, and its variance, divided by the count, both `[channels]`.
 */
export interface BatchNormInputs<T> {
  x: T;
  gamma: T;
  beta: T;
}

/** What {@link BATCH_NORM} read and gave, and `dy` of its first output. Outputs: the gradients by `x`, `gamma` and `beta`. */
export interface BatchNormGradInputs<T> {
  x: T;
  dy: T;
  gamma: T;
  mean: T;
  variance: T;
}

/**
 * `x`, whose last axes have as many elements as `gamma` and `beta`: the row that is normalized. Outputs:
 * `(x − mean) / √(variance + epsilon) · gamma + beta`, of the shape of `x`; of each row the mean, and `1 / √(variance + epsilon)`, `[rows]`.
 */
export type LayerNormInputs<T> = BatchNormInputs<T>;

/** What {@link LAYER_NORM} read and gave, and `dy` of its first output. Outputs: the gradients by `x`, `gamma` and `beta`. */
export interface LayerNormGradInputs<T> {
  x: T;
  dy: T;
  gamma: T;
  mean: T;
  inverse: T;
}
