import type { Platform } from './platform.js';

/** Pages, workers, and whatever is no Node. */
export const platform: Platform = {
  terminalColumns: () => 80,
};
