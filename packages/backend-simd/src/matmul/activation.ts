/** Activations that a product applies to a block of its result while that is in cache, as assembly/matmul/finish.ts counts them. */
export const ACTIVATIONS = { linear: 0, relu: 1, relu6: 2, leakyrelu: 3 } as const;

/** Name of an activation that a product applies. */
export type GemmActivation = keyof typeof ACTIVATIONS;

export const isGemmActivation = (activation: string): activation is GemmActivation => activation in ACTIVATIONS;
