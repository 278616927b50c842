import { kerasResults } from './keras-results.js';

/** Median, least and greatest of several runs' results. */
export interface ResultSpread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What Keras reached with a recipe's network, settings and splits, one run for each of the seeds 1 to 5; with a hand-written network's equal. */
export interface KerasResult {
  /** Of Keras. */
  readonly version: string;
  /** Accuracy after the last epoch, as shares of 1. */
  readonly validation: ResultSpread;
  /** The same on the test part; null where the data have none. */
  readonly test: ResultSpread | null;
}

/** What the course's published notebooks say: one run, with TensorFlow 2 on a cloud CPU, on splits of its own. */
export interface CourseResult {
  /** Accuracy after the last epoch. */
  readonly validation: number;
  /** Null where the notebook does not say. */
  readonly secondsPerEpoch: number | null;
}

/** What others reached with a recipe. */
export interface ReferenceResult {
  /** Null where `tools/golden/recipes.py` has not trained it yet. */
  readonly keras: KerasResult | null;
  /** Null where the course has no such network. */
  readonly course: CourseResult | null;
}

const courseResults: Readonly<Record<string, CourseResult | null>> = {
  'convolution-network': { validation: 0.8746, secondsPerEpoch: null },
  'fashion-cnn': { validation: 0.9163, secondsPerEpoch: 7 },
  'fashion-cnn-dropout': { validation: 0.9207, secondsPerEpoch: 7 },
  'recurrent-network': { validation: 0.6816, secondsPerEpoch: null },
  'imdb-rnn': { validation: 0.6998, secondsPerEpoch: 38 },
  'imdb-embedding-rnn': { validation: 0.8222, secondsPerEpoch: 56 },
  'imdb-lstm': { validation: 0.8372, secondsPerEpoch: 14 },
  'spam-lstm': null,
};

/** What Keras and the course reached, by recipe: what {@link isReproduced} judges by. */
export const referenceResults: Readonly<Record<string, ReferenceResult>> = Object.fromEntries(
  Object.entries(courseResults).map(([name, course]) => [name, { keras: kerasResults[name] ?? null, course }]),
);
