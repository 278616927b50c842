import type { HostArray } from '@jogak/ops';
import { type TrainTestSplitOptions, trainTestSplit } from '../split/train-test-split.js';
import type { LabeledTexts } from './labeled-texts.js';
import { type PadSequencesOptions, padSequences } from './pad-sequences.js';

/** Options of {@link prepareSequences}. */
export interface PrepareSequencesOptions extends Omit<TrainTestSplitOptions, 'testSize'> {
  /** Steps of every sequence. */
  steps: number;
  /** What validates: a share below 1, or a number of texts. @default 0.2 */
  validation?: number;
  /** Where sequences are filled up. @default 'pre' */
  padding?: NonNullable<PadSequencesOptions['padding']>;
  /** Where sequences are cut. @default 'pre' */
  truncating?: NonNullable<PadSequencesOptions['truncating']>;
}

/** Sequences of one length, and their labels. */
export interface PreparedSequences {
  /** `int32 [n, steps]`. */
  readonly x: HostArray;
  /** `uint8 [n]`. */
  readonly y: HostArray;
}

/**
 * What the recurrent recipes train on: texts split into a training and a validation part by a seed, every one padded or cut, in front, to `steps` ids.
 *
 * For IMDB as the recipes number it, ids from 20 up to `numWords` and nothing else, load with `{ numWords, skipTop: 20, oovChar: null }` and
 * prepare with `{ steps: 100, validation: 5000 }`.
 *
 * Throws as {@link trainTestSplit} and {@link padSequences} do.
 */
export function prepareSequences(
  texts: LabeledTexts,
  options: PrepareSequencesOptions,
): { readonly train: PreparedSequences; readonly validation: PreparedSequences } {
  const { steps, validation = 0.2, padding = 'pre', truncating = 'pre', ...split } = options;
  const { train, test } = trainTestSplit(texts, { ...split, testSize: validation });
  const pad = ({ x, y }: LabeledTexts): PreparedSequences => ({ x: padSequences(x, { maxlen: steps, padding, truncating }), y });
  return { train: pad(train), validation: pad(test) };
}
