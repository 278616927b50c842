import { DataError } from '@jogak/ops';
import type { Stage } from './stage.js';

/** The stages' elements side by side, under the same keys. They must end together, unless one never ends. */
export function zipStage(
  sources: readonly (readonly [string, Stage<unknown>])[],
  assemble: (values: readonly unknown[]) => unknown,
): Stage<unknown> {
  const sizes = sources.map(([, stage]) => stage.size);
  const known = sizes.filter(size => size !== null && Number.isFinite(size));
  const differing = known.find(size => size !== known[0]);
  if (differing !== undefined)
    throw new DataError(`zip: one data set has ${known[0]} elements and another ${differing}; take() as many of both`);
  return {
    size: known[0] ?? (sizes.includes(null) ? null : Number.POSITIVE_INFINITY),
    async *open(epoch, start) {
      const iterators = sources.map(([, stage]) => stage.open(epoch, start)[Symbol.asyncIterator]());
      try {
        for (let index = start; ; index++) {
          const results = await Promise.all(iterators.map(iterator => iterator.next()));
          const ended = results.findIndex(result => result.done);
          if (ended < 0) {
            yield assemble(results.map(result => result.value));
            continue;
          }
          const longer = results.findIndex((result, i) => !result.done && sizes[i] !== Number.POSITIVE_INFINITY);
          if (longer >= 0)
            throw new DataError(
              `zip: "${sources[ended]?.[0]}" ends after ${index} elements and "${sources[longer]?.[0]}" does not; take() as many of both`,
            );
          return;
        }
      } finally {
        await Promise.all(iterators.map(iterator => iterator.return?.()));
      }
    },
  };
}
