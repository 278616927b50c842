import { defineProject, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.js';

// Some files put a page's modules in the place of Node's, so each has modules of its own.
export default mergeConfig(shared, defineProject({ test: { name: '@jogak/datasets', isolate: true } }));
