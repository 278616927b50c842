import { existsSync } from 'node:fs';
import { requireOrSkip } from '../../../tools/requirement.js';

export const executablePath: string = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export const hasChromium: boolean = requireOrSkip(
  'Chromium',
  existsSync(executablePath),
  'install it (apt-get install chromium), or set CHROMIUM_PATH to it',
);

/** Lets a page have shared memory. */
export const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const;
