// Written by tools/golden/recipes.py; do not edit.
import type { KerasResult } from './reference-results.js';

/** What Keras reached with each recipe, over the seeds 1 to 5. */
export const kerasResults: Readonly<Record<string, KerasResult>> = {
  'spam-lstm': {
    version: '3.15.1',
    validation: { median: 0.9737, min: 0.9325, max: 0.975 },
    test: null,
  },
  'imdb-lstm': {
    version: '3.15.1',
    validation: { median: 0.8468, min: 0.839, max: 0.8502 },
    test: { median: 0.8482, min: 0.8436, max: 0.8502 },
  },
  'imdb-embedding-rnn': {
    version: '3.15.1',
    validation: { median: 0.8082, min: 0.7952, max: 0.8202 },
    test: { median: 0.806, min: 0.8002, max: 0.8262 },
  },
  'imdb-rnn': {
    version: '3.15.1',
    validation: { median: 0.7054, min: 0.6774, max: 0.7118 },
    test: { median: 0.6987, min: 0.6834, max: 0.7068 },
  },
  'recurrent-network': {
    version: '3.15.1',
    validation: { median: 0.6946, min: 0.6804, max: 0.7038 },
    test: { median: 0.6954, min: 0.6846, max: 0.702 },
  },
  'convolution-network': {
    version: '3.15.1',
    validation: { median: 0.8697, min: 0.8628, max: 0.8725 },
    test: { median: 0.8613, min: 0.8522, max: 0.8658 },
  },
  'fashion-cnn': {
    version: '3.15.1',
    validation: { median: 0.9094, min: 0.9032, max: 0.9178 },
    test: { median: 0.9065, min: 0.9006, max: 0.9078 },
  },
  'fashion-cnn-dropout': {
    version: '3.15.1',
    validation: { median: 0.917, min: 0.9087, max: 0.9196 },
    test: { median: 0.9137, min: 0.9096, max: 0.9162 },
  },
};
