/** Codes of the errors of this backend: by them, not by the texts, errors are told apart. */
export type SimdErrorCode = 'SIMD_UNSUPPORTED' | 'SIMD_MEMORY' | 'SIMD_OPTION' | 'SIMD_NOT_DETERMINISTIC' | 'SIMD_THREAD';

/** An error of the `simd` backend. */
export class SimdError extends Error {
  override readonly name = 'SimdError';

  constructor(
    readonly code: SimdErrorCode,
    message: string,
  ) {
    super(message);
  }
}
