import type { DataFile, DataSet } from '../load/data-set.js';

const url = 'https://storage.googleapis.com/tensorflow/tf-keras-datasets';

/** The reviews. */
export const reviewsFile: DataFile = {
  name: 'imdb.npz',
  url,
  bytes: 17464789,
  sha256: '69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f',
  hashOf: 'file',
};

/** The ranks of the words. Keras states its MD5, bfafd718b763782e994055a2d397834f; this is the SHA-256 of the file that has it. */
export const wordIndexFile: DataFile = {
  name: 'imdb_word_index.json',
  url,
  bytes: 1641221,
  sha256: '027313fe9a320280f3bf0fac5baf58c4a683cf39a7ed9c3d3d3912bde4284cf6',
  hashOf: 'file',
};

/** The Large Movie Review Dataset, as Keras publishes it. */
export const imdbDataSet: DataSet = {
  name: 'imdb',
  title: 'IMDB reviews',
  license: 'Non-commercial research, with citation (Maas et al., 2011)',
  homepage: 'https://ai.stanford.edu/~amaas/data/sentiment',
  files: [reviewsFile, wordIndexFile],
};
