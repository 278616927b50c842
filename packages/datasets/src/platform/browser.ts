import type { Platform } from './platform.js';

/** Browsers, their workers, and every platform that is not known: no files, and nothing that unpacks at once. */
export const platform: Platform = { files: undefined, inflate: undefined };
