import type { Platform } from './platform.js';

/** Browsers, their workers, and every platform that is not known: no files. */
export const platform: Platform = { files: undefined };
