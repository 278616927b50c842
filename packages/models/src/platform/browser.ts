import type { Platform } from './platform.js';

/** Pages, workers, and whatever is no Node. */
export const platform: Platform = {
  files: null,
  terminal: {
    columns: () => 80,
    // The console ends lines itself.
    progressStream: { write: text => console.log(text.replace(/\n$/, '')) },
    isAutomated: () => false,
    liveLine: () => null,
  },
};
