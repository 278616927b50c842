/** Names of the recipes, in the order of the course. They stand here so that help and completion need not load the recipes; a test compares. */
export const recipeNames: readonly string[] = [
  'convolution-network',
  'fashion-cnn',
  'fashion-cnn-dropout',
  'recurrent-network',
  'imdb-rnn',
  'imdb-embedding-rnn',
  'imdb-lstm',
  'spam-lstm',
];

/** Names of the data sets, likewise. */
export const dataSetNames: readonly string[] = ['fashion-mnist', 'mnist', 'imdb', 'spam'];
