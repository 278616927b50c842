import { nodeFiles } from './node-files.js';
import { nodeTerminal } from './node-terminal.js';
import type { Platform } from './platform.js';

/** Node, and what is like it. */
export const platform: Platform = { files: nodeFiles, terminal: nodeTerminal };
