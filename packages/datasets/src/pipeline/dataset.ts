import { ConfigError, options as config, DataError, getRandomSeed } from '@jogak/ops';
import { type CsvOptions, type CsvSample, type CsvSource, csvRows } from '../own/csv-rows.js';
import { type FileContent, fileStage } from '../own/files.js';
import { type Arrays, arrayStage, itemStage, type Row } from './arrays.js';
import type { Batched } from './collate.js';
import { shuffleStage } from './shuffle.js';
import type { Stage } from './stage.js';
import {
  batchStage,
  cacheStage,
  type ElementPosition,
  filterStage,
  mapStage,
  prefetchStage,
  repeatStage,
  sliceStage,
} from './transforms.js';
import { zipStage } from './zip.js';

/** Options of {@link Dataset.batch}. */
export interface BatchOptions {
  /** Whether a last batch that is not full is left out. @default false */
  dropRemainder?: boolean;
}

/** Options of {@link Dataset.shuffle}. */
export interface ShuffleOptions {
  /** The order is a function of this and the epoch. @default what `setRandomSeed` set, else 1 */
  seed?: number;
  /** How many elements are held to draw from. @default all; of arrays none has to be held */
  bufferSize?: number;
}

/** A place in a data set: plain data, to be saved with a checkpoint. */
export interface DatasetState {
  /** Which pass over the data, from 0. */
  readonly epoch: number;
  /** Elements of it that were handed out. */
  readonly position: number;
}

/** A source of elements for {@link Dataset.fromGenerator}, called for each epoch. */
export type GeneratorFactory<T> = (epoch: number) => Iterable<T> | AsyncIterable<T> | Iterator<T> | AsyncIterator<T>;

/** What {@link Dataset.zip} yields. */
export type Zipped<Sets> = { readonly [Key in keyof Sets]: Sets[Key] extends Dataset<infer T> ? T : never };

const shuffleTable: config.OptionTable<{ seed: number | undefined; bufferSize: number | undefined }> = {
  seed: config.integer(undefined, { min: 0 }) as config.Option<number | undefined>,
  bufferSize: config.positiveInteger() as config.Option<number | undefined>,
};

/**
 * A lazy pipeline of data: nothing is read until it is iterated, and no more than is asked for.
 *
 * Every pass over it (`for await`) is an epoch; what an epoch yields depends on the pipeline, its seeds and the epoch's number alone. So
 * {@link state} is two numbers, and {@link restore} goes on exactly there. Leaving a loop early closes generators and files.
 *
 * Methods return new data sets and leave this one as it is.
 */
export class Dataset<T> implements AsyncIterable<T> {
  private epoch = 0;
  private position = 0;
  /** Whether the current epoch was begun, so that the next pass is another one. */
  private begun = false;

  /** @param stage what it yields. Use `Dataset.from…` to make one. */
  constructor(private readonly stage: Stage<T>) {}

  /**
   * The rows of arrays or tensors that are in memory: of `{x, y}` the samples `{x, y}`, without the first axis.
   *
   * @throws {DataError} when they have different numbers of rows, or are no arrays.
   */
  static fromArrays<A extends Arrays>(arrays: A): Dataset<Row<A>> {
    return new Dataset(arrayStage(arrays));
  }

  /** Any values, one by one. */
  static fromItems<T>(items: readonly T[]): Dataset<T> {
    return new Dataset(itemStage(items));
  }

  /**
   * What a generator yields, a new one for each epoch.
   *
   * @param factory called with the epoch's number
   */
  static fromGenerator<T>(factory: GeneratorFactory<T>): Dataset<T> {
    return new Dataset({
      size: null,
      async *open(epoch, start) {
        let position = 0;
        for await (const element of asIterable(factory(epoch))) if (position++ >= start) yield element;
      },
    });
  }

  /**
   * The rows of a table, streamed; see {@link csv}.
   *
   * @throws {ConfigError} on a wrong option; iterating throws a `DataError` that names row and column.
   */
  static fromCsv(source: CsvSource, options: CsvOptions): Dataset<CsvSample> {
    const rows = csvRows(source, options);
    return Dataset.fromGenerator(() => rows());
  }

  /** Files, one by one, each read when its turn comes. */
  static fromFiles(paths: readonly string[]): Dataset<FileContent> {
    return new Dataset(fileStage(paths));
  }

  /**
   * Elements of several data sets side by side, in a list or by name. All must end together, unless they repeat for ever.
   *
   * @throws {DataError} when they do not.
   */
  static zip<Sets extends readonly Dataset<unknown>[] | { readonly [name: string]: Dataset<unknown> }>(sets: Sets): Dataset<Zipped<Sets>> {
    const entries = Object.entries(sets) as [string, Dataset<unknown>][];
    if (entries.length === 0) throw new ConfigError('zip needs one data set or more; got none');
    const assemble = (values: readonly unknown[]): unknown =>
      Array.isArray(sets) ? values : Object.fromEntries(entries.map(([key], i) => [key, values[i]]));
    return new Dataset(
      zipStage(
        entries.map(([key, dataset]) => [key, dataset.stage] as const),
        assemble,
      ),
    ) as Dataset<Zipped<Sets>>;
  }

  /** Elements of an epoch; `Infinity` when it never ends, null when that is not known beforehand. */
  get size(): number | null {
    return this.stage.size;
  }

  /**
   * What `transform` makes of each element.
   *
   * @param transform gets the element, and where it stands: `randomKey(seed, 'flip', epoch, index)` makes random augmentations that can be resumed
   */
  map<U>(transform: (element: T, position: ElementPosition) => U | Promise<U>): Dataset<U> {
    return new Dataset(mapStage(this.stage, transform));
  }

  /** The elements for which `test` holds. */
  filter(test: (element: T) => boolean | Promise<boolean>): Dataset<T> {
    return new Dataset(filterStage(this.stage, test));
  }

  /** Batches of `batchSize` elements: arrays `[batch, …]` in the same lists and records. Elements `{x, y}` become what `fit` takes. */
  batch(batchSize: number, options: BatchOptions = {}): Dataset<Batched<T>> {
    checkCount('batch', 'the size', batchSize, 1);
    const { dropRemainder } = config.parseOptions({ dropRemainder: config.boolean(false) }, options, 'batch');
    return new Dataset(batchStage(this.stage, batchSize, dropRemainder));
  }

  /** The elements in mixed order, another one in each epoch. A number is the `bufferSize`. */
  shuffle(options: ShuffleOptions | number = {}): Dataset<T> {
    const { seed, bufferSize } = config.parseOptions(
      shuffleTable,
      typeof options === 'number' ? { bufferSize: options } : options,
      'shuffle',
    );
    return new Dataset(shuffleStage(this.stage, seed ?? getRandomSeed(), bufferSize));
  }

  /** `count` passes as one, each shuffled anew. @default for ever */
  repeat(count: number = Number.POSITIVE_INFINITY): Dataset<T> {
    if (count !== Number.POSITIVE_INFINITY) checkCount('repeat', 'the count', count, 0);
    return new Dataset(repeatStage(this.stage, count));
  }

  /** The first `count` elements. */
  take(count: number): Dataset<T> {
    checkCount('take', 'the count', count, 0);
    return new Dataset(sliceStage(this.stage, 0, count));
  }

  /** All but the first `count` elements. */
  skip(count: number): Dataset<T> {
    checkCount('skip', 'the count', count, 0);
    return new Dataset(sliceStage(this.stage, count, Number.POSITIVE_INFINITY));
  }

  /** The same, with up to `count` elements made ahead while others are used. */
  prefetch(count: number): Dataset<T> {
    checkCount('prefetch', 'the count', count, 1);
    return new Dataset(prefetchStage(this.stage, count));
  }

  /** Elements of the first epoch, kept in memory once all were read. What is random before it stays as it was then. */
  cache(): Dataset<T> {
    return new Dataset(cacheStage(this.stage));
  }

  /** Passes over the elements of an epoch: of the one that was restored, else the next. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    if (this.begun) {
      this.epoch++;
      this.position = 0;
    }
    this.begun = true;
    const { epoch } = this;
    for await (const element of this.stage.open(epoch, this.position)) {
      if (this.epoch !== epoch) throw new DataError('a data set is iterated twice at once; make one for each loop, or finish the first');
      this.position++;
      yield element;
    }
    this.epoch = epoch + 1;
    this.position = 0;
    this.begun = false;
  }

  /** The same as `for await` in single steps. */
  iterator(): AsyncGenerator<T, void, undefined> {
    return this[Symbol.asyncIterator]();
  }

  /** Calls `visit` with each element of an epoch. */
  async forEachAsync(visit: (element: T) => void | Promise<void>): Promise<void> {
    for await (const element of this) await visit(element);
  }

  /** All elements of an epoch. @throws {DataError} when it never ends. */
  async toArray(): Promise<T[]> {
    if (this.size === Number.POSITIVE_INFINITY) throw new DataError('toArray: the data set never ends; take() some of it');
    const elements: T[] = [];
    for await (const element of this) elements.push(element);
    return elements;
  }

  /** Where it stands: after the last element that was handed out. */
  state(): DatasetState {
    return { epoch: this.epoch, position: this.position };
  }

  /**
   * Goes to where {@link state} was taken, on this data set or one made the same way: the next pass goes on there.
   *
   * @throws {ConfigError} when it is not a state
   * @throws {DataError} when the data set is shorter than that.
   */
  restore(state: DatasetState): void {
    const { epoch, position } = state;
    checkCount('restore', 'epoch', epoch, 0);
    checkCount('restore', 'position', position, 0);
    if (this.size !== null && position > this.size)
      throw new DataError(`restore: the state is after element ${position}, and the data set has ${this.size}: it is another one`);
    this.epoch = epoch;
    this.position = position;
    this.begun = false;
  }
}

function asIterable<T>(source: ReturnType<GeneratorFactory<T>>): Iterable<T> | AsyncIterable<T> {
  if (Symbol.asyncIterator in source || Symbol.iterator in source) return source as Iterable<T> | AsyncIterable<T>;
  return { [Symbol.asyncIterator]: () => source as AsyncIterator<T> };
}

function checkCount(where: string, what: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new ConfigError(`${where}: ${what} must be an integer, ${least} or more; got ${config.show(value)}`);
}
