import type { Platform } from './platform.js';

/** Node, and what is like it. */
export const platform: Platform = {
  terminalColumns: () => process.stdout.columns || 80,
};
