/** Keras' fuzz factor: probabilities are kept this far from 0 and 1, and divisors from 0. */
export const EPSILON = 1e-7;
