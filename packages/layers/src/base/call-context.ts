import { ConfigError, options, type Tensor } from '@jogak/ops';

/** A mask of one input, `[batch, time]`, true where a step counts; null when every step does. */
export type Mask = Tensor | null;

/** What a layer is told beside its inputs. */
export interface CallContext {
  /** Whether the call is part of training: dropout drops, batch normalization uses the batch's statistics. */
  readonly training: boolean;
  /** The mask of the input, or one for each of several inputs. */
  readonly mask: Mask | readonly Mask[];
  /** States that a recurrent layer begins with, in place of zeros. */
  readonly initialState?: readonly Tensor[];
  /** Number of the training step, by which random draws are keyed: the same step drops the same units, on a resumed run too. */
  readonly step: number;
  /** Which call of a shared layer it is, where a graph calls it more than once: each call drops units of its own. @default '' for the first */
  readonly site?: string;
  /** Takes a penalty, a scalar, that is to be added to the loss (activity regularizers). Absent outside of training. */
  readonly addLoss?: (penalty: Tensor) => void;
}

/** What a call outside of any model is told. */
export const inference: CallContext = { training: false, mask: null, step: 0 };

/** The mask of a layer that has a single input. */
export function onlyMask(mask: Mask | readonly Mask[]): Mask {
  return Array.isArray(mask) ? ((mask as readonly Mask[])[0] ?? null) : (mask as Mask);
}

const known: readonly (keyof CallContext)[] = ['training', 'mask', 'initialState', 'step', 'site', 'addLoss'];

/**
 * Checks what a layer is told. A graph keeps `training`, and recurrent layers' states as inputs; the rest would be forgotten.
 *
 * @param where the layer, as messages name it
 * @throws {ConfigError} for what there is not, or what a graph does not keep
 */
export function checkContext(context: Partial<CallContext>, isSymbolic: boolean, where: string): void {
  for (const key of Object.keys(context)) {
    if (!(known as readonly string[]).includes(key))
      throw new ConfigError(`${where} is called with "${key}"${options.suggestion(key, known)}`);
    if (isSymbolic && key !== 'training' && context[key as keyof CallContext] !== undefined) {
      const masks = key === 'mask' ? ': masks come from layers, masking or embedding with maskZero' : '';
      throw new ConfigError(`${where} cannot be told ${key} on symbolic tensors${masks}`);
    }
  }
}
