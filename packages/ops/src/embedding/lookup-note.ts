import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** What an embedding's vectors were looked up by. */
export interface Lookup {
  /** `[vocabulary, dim]` */
  readonly table: Tensor;
  /** Shape of the vectors without `dim`, int32. */
  readonly ids: Tensor;
}

/** A lookup, and what has to be so still for its vectors to be what it says. */
interface Note extends Lookup {
  readonly values: object;
  readonly updates: number;
  readonly tape: object | undefined;
}

const notes = new WeakMap<Tensor, Note>();

/** How often weights were written in place; counted for all copies of this package in a program together. */
const counter = ((globalThis as Record<symbol, unknown>)[Symbol.for('jogak.updatesInPlace')] ??= { updates: 0 }) as { updates: number };

/** To be called when weights are written in place: what was looked up before is no longer what they say. */
export function forgetLookups(): void {
  counter.updates++;
}

/** Remembers how `vectors` were looked up. */
export function noteLookup(vectors: Tensor, { table, ids }: Lookup): void {
  notes.set(vectors, { table, ids, values: table.dataId, updates: counter.updates, tape: recordingTape() });
}

/**
 * How `vectors` were looked up, where what is computed from table and ids is the same as what is computed from them, gradients too:
 * table and ids are there still, the table has not changed, and if a gradient is recorded, so was the lookup, on the same tape and by the
 * outermost gradient function. (An inner one may ask for the gradient of the vectors themselves.) Undefined where it is not, or not known.
 */
export function lookupOf(vectors: Tensor): Lookup | undefined {
  const note = notes.get(vectors);
  if (!note || note.updates !== counter.updates || note.table.isDisposed || note.ids.isDisposed || note.table.dataId !== note.values)
    return undefined;
  const tape = recordingTape();
  return tape === note.tape && (!tape || engine().state.gradientDepth === 1) ? note : undefined;
}

/** The tape that operations are recorded on, undefined while they are not. */
function recordingTape(): object | undefined {
  return engine().isTapeOn() ? engine().state.activeTape : undefined;
}
