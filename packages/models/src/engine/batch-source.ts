import { type Batch, DataError, type HostArray, options as optionKinds, permutation, randomKey, sliceRows, takeRows } from '@jogak/ops';
import { checkKnown, positive } from './known-options.js';

/** Where training gets its batches from: the same batches, in the same order, whenever the same epoch is asked for. */
export interface BatchSource {
  /** Number of batches of an epoch; null when it is not known beforehand. */
  readonly steps: number | null;
  /** Number of samples of an epoch; null when it is not known beforehand. */
  readonly samples: number | null;
  /** The batches of an epoch, counted from 0. */
  batches(epoch: number): AsyncIterable<Batch> | Iterable<Batch>;
}

/** Options of {@link arrayBatches}. */
export interface ArrayBatchesOptions {
  x: readonly HostArray[];
  y?: readonly HostArray[];
  sampleWeight?: HostArray | undefined;
  batchSize: number;
  /** Whether every epoch has an order of its own. @default false */
  shuffle?: boolean;
  /** Seed of the order, which is a function of seed and epoch. Needed with `shuffle`. */
  seed?: number;
  /** Whether to leave the samples out that do not fill a batch. @default false */
  dropRemainder?: boolean;
  /** What is done to every batch on the host: pixels scaled, ids made one-hot. @default nothing */
  prepare?: (batch: Batch) => Batch;
}

const arrayOptions = ['x', 'y', 'sampleWeight', 'batchSize', 'shuffle', 'seed', 'dropRemainder', 'prepare'];

/**
 * Batches of arrays in memory. Rows are copied batch by batch, so that bytes stay bytes until then.
 *
 * @throws {ConfigError} for an option that there is not, or a batch size that is none
 */
export function arrayBatches(options: ArrayBatchesOptions): BatchSource {
  checkKnown(options, arrayOptions, 'arrayBatches');
  positive(options.batchSize, 'arrayBatches: batchSize');
  const { x, y, sampleWeight, batchSize, prepare = batch => batch } = options;
  const total = x[0]?.shape[0] ?? 0;
  const steps = options.dropRemainder ? Math.floor(total / batchSize) : Math.ceil(total / batchSize);
  const only = (arrays: readonly HostArray[]): HostArray | readonly HostArray[] =>
    arrays.length === 1 ? (arrays[0] as HostArray) : arrays;
  return {
    steps,
    samples: options.dropRemainder ? steps * batchSize : total,
    *batches(epoch) {
      const order = options.shuffle ? permutation(randomKey(options.seed ?? 0, 'fit', 'shuffle', epoch), total) : null;
      for (let step = 0; step < steps; step++) {
        const start = step * batchSize;
        const end = Math.min(total, start + batchSize);
        const rows = (array: HostArray): HostArray => (order ? takeRows(array, order.subarray(start, end)) : sliceRows(array, start, end));
        yield prepare({
          x: only(x.map(rows)),
          ...(y ? { y: only(y.map(rows)) } : {}),
          ...(sampleWeight ? { sampleWeight: rows(sampleWeight) } : {}),
        });
      }
    },
  };
}

/** A batch under the names that tfjs-data gives its parts. */
interface NamedAsInTfjs {
  readonly xs: Batch['x'];
  readonly ys?: Batch['x'];
}

/** What a `Dataset` of batches offers, as `@jogak/datasets` makes them; anything else that does will be taken, too. */
export interface BatchDataset extends AsyncIterable<Batch | NamedAsInTfjs> {
  /** Number of batches of an epoch; null when it is not known beforehand, `Infinity` when it never ends. */
  readonly size?: number | null;
  /** Where it stands. */
  state?(): { epoch: number; position: number };
  /** Goes to the beginning of an epoch, so that its order is that epoch's. */
  restore?(state: { epoch: number; position: number }): void;
}

/** Whether a value is data in batches, and not arrays. */
export function isBatchDataset(value: unknown): value is BatchDataset {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * A data set as a source of batches. One that was put within an epoch goes on there; one that is left before its epoch ends, by an error or
 * because enough steps are done, goes back to that epoch's beginning, so that the next run meets the same batches.
 *
 * @throws {DataError} while it is read, for a batch that has not the form `{x, y, sampleWeight}`
 */
export function datasetBatches(dataset: BatchDataset): BatchSource {
  return {
    steps: dataset.size ?? null,
    samples: null,
    async *batches(epoch) {
      if (dataset.state?.().epoch !== epoch) dataset.restore?.({ epoch, position: 0 });
      let ended = false;
      try {
        for await (const batch of dataset) yield asBatch(batch);
        ended = true;
      } finally {
        if (!ended) dataset.restore?.({ epoch, position: 0 });
      }
    },
  };
}

/** What tfjs-data names otherwise under our names. A part of another name would be left out unseen. */
function asBatch(given: Batch | NamedAsInTfjs): Batch {
  const isRecord = typeof given === 'object' && given !== null && !Array.isArray(given);
  const keys = isRecord ? Object.keys(given) : [];
  const unknown = keys.find(key => !['x', 'y', 'sampleWeight', 'xs', 'ys'].includes(key));
  if (!isRecord || unknown !== undefined) {
    const got = isRecord ? `a part named "${unknown}"` : optionKinds.show(given);
    throw new DataError(`a data set to train on or to evaluate gives batches { x, y } or { x, y, sampleWeight }; got ${got}`);
  }
  return 'xs' in given ? { x: given.xs, ...(given.ys === undefined ? {} : { y: given.ys }) } : given;
}
