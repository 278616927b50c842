import { DataError } from '@jogak/ops';
import { type Batched, collate } from './collate.js';
import { rowStage, type Stage } from './stage.js';

/** Where an element stands: what a random augmentation makes its key of. */
export interface ElementPosition {
  readonly epoch: number;
  /** Number of the element in its epoch. */
  readonly index: number;
}

/** What `transform` makes of each element. */
export function mapStage<T, U>(source: Stage<T>, transform: (element: T, position: ElementPosition) => U | Promise<U>): Stage<U> {
  return {
    size: source.size,
    async *open(epoch, start) {
      let index = start;
      for await (const element of source.open(epoch, start)) yield await transform(element, { epoch, index: index++ });
    },
  };
}

/** The elements for which `test` holds. */
export function filterStage<T>(source: Stage<T>, test: (element: T) => boolean | Promise<boolean>): Stage<T> {
  return {
    size: null,
    async *open(epoch, start) {
      let position = 0;
      for await (const element of source.open(epoch, 0)) if ((await test(element)) && position++ >= start) yield element;
    },
  };
}

/** Elements `from` to, not including, `to`. */
export function sliceStage<T>(source: Stage<T>, from: number, to: number): Stage<T> {
  const { rows, size } = source;
  const length = size === null ? null : Math.max(0, Math.min(size, to) - from);
  if (rows) return rowStage(length as number, { ...rows, order: epoch => rows.order(epoch).subarray(from, to) });
  return {
    size: length,
    async *open(epoch, start) {
      let left = to - from - start;
      if (left <= 0) return;
      for await (const element of source.open(epoch, from + start)) {
        yield element;
        if (--left <= 0) return;
      }
    },
  };
}

/** Batches of `batchSize` elements; the last one may be smaller, or is dropped. */
export function batchStage<T>(source: Stage<T>, batchSize: number, dropRemainder: boolean): Stage<Batched<T>> {
  const { rows, size } = source;
  const count = size === null ? null : dropRemainder ? Math.floor(size / batchSize) : Math.ceil(size / batchSize);
  return {
    size: count,
    async *open(epoch, start) {
      if (rows) {
        const order = rows.order(epoch);
        for (let batch = start; batch < (count as number); batch++)
          yield await rows.gather(order.subarray(batch * batchSize, (batch + 1) * batchSize));
        return;
      }
      let elements: T[] = [];
      for await (const element of source.open(epoch, start * batchSize)) {
        elements.push(element);
        if (elements.length < batchSize) continue;
        yield collate(elements);
        elements = [];
      }
      if (elements.length > 0 && !dropRemainder) yield collate(elements);
    },
  };
}

/** `count` epochs as one. Repetition r of epoch e is the source's epoch e · count + r, so each is shuffled anew; without end it is e + r. */
export function repeatStage<T>(source: Stage<T>, count: number): Stage<T> {
  const { size } = source;
  const epochOf = (epoch: number, repetition: number): number => (Number.isFinite(count) ? epoch * count : epoch) + repetition;
  return {
    size: repeatedSize(size, count),
    async *open(epoch, start) {
      if (size === 0) return;
      let skip = size === null ? start : start % size;
      for (let repetition = size === null ? 0 : Math.floor(start / size); repetition < count; repetition++) {
        let elements = 0;
        // Where the size is not known, what comes before `start` has to be counted.
        for await (const element of source.open(epochOf(epoch, repetition), size === null ? 0 : skip)) {
          elements++;
          if (size !== null || skip-- <= 0) yield element;
        }
        if (elements === 0 && size === null) {
          if (count === Number.POSITIVE_INFINITY)
            throw new DataError('repeat: the data set has no elements, and would be repeated for ever');
          return;
        }
        if (size !== null) skip = 0;
      }
    },
  };
}

/** Without end is without end, also where it is not known how many elements a pass has. */
function repeatedSize(size: number | null, count: number): number | null {
  if (size === 0 || count === 0) return 0;
  if (count === Number.POSITIVE_INFINITY) return count;
  return size === null ? null : size * count;
}

/** Elements of the source's first epoch, kept in memory once they have all been read. */
export function cacheStage<T>(source: Stage<T>): Stage<T> {
  let kept: readonly T[] | undefined;
  return {
    size: source.size,
    async *open(_epoch, start) {
      if (kept) {
        yield* kept.slice(start);
        return;
      }
      const elements: T[] = [];
      for await (const element of source.open(0, 0)) {
        elements.push(element);
        if (elements.length > start) yield element;
      }
      kept = elements;
    },
  };
}

/** The same elements, up to `count` of which are made while others are used. */
export function prefetchStage<T>(source: Stage<T>, count: number): Stage<T> {
  return {
    size: source.size,
    async *open(epoch, start) {
      const iterator = source.open(epoch, start)[Symbol.asyncIterator]();
      const coming: Promise<IteratorResult<T>>[] = [];
      try {
        for (;;) {
          while (coming.length < count) {
            const next = iterator.next();
            // An error is thrown when its turn comes; until then it is nobody's business.
            next.catch(() => {});
            coming.push(next);
          }
          const result = await (coming.shift() as Promise<IteratorResult<T>>);
          if (result.done) return;
          yield result.value;
        }
      } finally {
        await iterator.return?.();
      }
    },
  };
}
