import { JogakError } from '@jogak/ops';

/** Throws when `signal` has been aborted. @throws {JogakError} with code `aborted` */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw new JogakError('aborted', `${what} was stopped`, { cause: signal.reason });
}
