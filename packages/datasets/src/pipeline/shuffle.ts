import { ConfigError, permutation, randomBits, randomKey } from '@jogak/ops';
import { rowStage, type Stage } from './stage.js';

/**
 * A stage in mixed order, which is a function of (seed, epoch). Where elements can be had in any order, or no `bufferSize` is given, every order is
 * as likely as any other; else each element drawn is one of the next `bufferSize`.
 *
 * @throws {ConfigError} when the elements never end and no `bufferSize` says how many to hold
 */
export function shuffleStage<T>(source: Stage<T>, seed: number, bufferSize: number | undefined): Stage<T> {
  const { rows, size } = source;
  if (size === Number.POSITIVE_INFINITY && bufferSize === undefined)
    throw new ConfigError('shuffle: the data set never ends, so say how many elements to hold: shuffle before repeat, or give bufferSize');
  if (rows && bufferSize === undefined)
    return rowStage(size as number, {
      ...rows,
      order: epoch => {
        const order = rows.order(epoch);
        return permutation(randomKey(seed, 'shuffle', epoch), order.length).map(index => order[index] as number);
      },
    });
  return {
    size,
    async *open(epoch, start) {
      let position = 0;
      for await (const element of mix(source, seed, epoch, bufferSize ?? Number.POSITIVE_INFINITY)) if (position++ >= start) yield element;
    },
  };
}

/** Random words are made so many at a time. */
const block = 1024;

async function* mix<T>(source: Stage<T>, seed: number, epoch: number, bufferSize: number): AsyncGenerator<T> {
  const buffer: T[] = [];
  let drawn = 0;
  let words: Uint32Array = new Uint32Array(0);
  const draw = (): T => {
    if (drawn % block === 0) words = randomBits(randomKey(seed, 'shuffle', epoch, drawn / block), block);
    const index = Math.floor(((words[drawn++ % block] as number) / 4294967296) * buffer.length);
    const element = buffer[index] as T;
    buffer[index] = buffer.at(-1) as T;
    buffer.pop();
    return element;
  };
  for await (const element of source.open(epoch, 0)) {
    buffer.push(element);
    if (buffer.length >= bufferSize) yield draw();
  }
  while (buffer.length > 0) yield draw();
}
