import { embeddedSource } from './embedded-source.js';
import type { SampleSource } from './sample-source.js';

/**
 * 4,000 mails of SpamAssassin's public corpus (2002 to 2005), 1,400 of them spam, in mixed order, as the numbers of their words: `vocabulary.txt`, 1,000
 * words a line each, the most frequent first; and three IDX files: `int16` ids of all mails' words, one mail after the other (1 is the first word),
 * `int16` numbers of words of each mail `[4000]`, and `uint8` labels `[4000]`, 1 for spam.
 */
export const spamSample: SampleSource = embeddedSource(
  {
    name: 'spam sample',
    license: 'PDDL-1.0 AND CC0-1.0',
    origin: 'https://github.com/stdlib-js/datasets-spam-assassin',
    files: ['vocabulary.txt', 'mail-ids-idx1-short', 'mail-lengths-idx1-short', 'mail-labels-idx1-ubyte'],
  },
  () => import('./spam-data.js'),
);
