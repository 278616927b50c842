import { csv } from '../own/csv.js';
import { Dataset } from './dataset.js';

/** The names under which TensorFlow.js' `tf.data` has these. */
export const data: {
  readonly array: typeof Dataset.fromItems;
  readonly generator: typeof Dataset.fromGenerator;
  readonly csv: typeof csv;
  readonly zip: typeof Dataset.zip;
} = { array: Dataset.fromItems, generator: Dataset.fromGenerator, csv, zip: Dataset.zip };
