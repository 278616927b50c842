/** What went wrong, in one word a program can compare: the part of an error that never changes with its wording. */
export type ErrorCode =
  | 'shape'
  | 'config'
  | 'data'
  | 'data-missing'
  | 'download'
  | 'format'
  | 'numeric'
  | 'unsupported'
  | 'storage'
  | 'aborted';

/**
 * Base of every error that Jogak throws on purpose. Tell errors apart by {@link JogakError.code}, not by `instanceof`:
 * two copies of a package in one program have two classes, but the same codes.
 */
export class JogakError extends Error {
  override readonly name: string = 'JogakError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A tensor's shape is not what the function or layer needs. The message names both, and the layer. */
export class ShapeError extends JogakError {
  override readonly name: string = 'ShapeError';

  constructor(message: string, options?: ErrorOptions) {
    super('shape', message, options);
  }
}

/** An option has a wrong value, does not exist, or asks for what is not supported. */
export class ConfigError extends JogakError {
  override readonly name: string = 'ConfigError';

  constructor(message: string, options?: ErrorOptions & { code?: 'config' | 'unsupported' }) {
    super(options?.code ?? 'config', message, options);
  }
}

/** The data themselves are wrong: missing, too few, a label out of range, a value that is not a number. */
export class DataError extends JogakError {
  override readonly name: string = 'DataError';

  constructor(message: string, options?: ErrorOptions & { code?: 'data' | 'data-missing' | 'download' | 'numeric' | 'storage' }) {
    super(options?.code ?? 'data', message, options);
  }
}

/** Bytes are not what their format promises: a wrong magic number, a truncated or corrupted file. */
export class FormatError extends JogakError {
  override readonly name: string = 'FormatError';

  constructor(message: string, options?: ErrorOptions) {
    super('format', message, options);
  }
}

/**
 * Whether `error` is one of Jogak's own, from whichever copy of the package.
 *
 * @param code when given, also whether it has this code
 */
export function isJogakError(error: unknown, code?: ErrorCode): error is JogakError {
  return (
    error instanceof Error &&
    'code' in error &&
    /^(Jogak|Shape|Config|Data|Format)Error$/.test(error.name) &&
    (code === undefined || error.code === code)
  );
}
