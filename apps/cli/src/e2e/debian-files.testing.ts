import { existsSync } from 'node:fs';
import { requireOrSkip } from '../../../../tools/requirement.js';

/** Where Debian's package has Fashion-MNIST. */
export const debianFiles = '/usr/share/datasets/fashion-mnist';

export const hasDebianFiles = requireOrSkip(
  "Debian's Fashion-MNIST",
  existsSync(debianFiles),
  'on Debian and its kin, apt-get install dataset-fashion-mnist',
);
