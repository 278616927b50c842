import { defineProject, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.js';

// Test files share their modules: loading tfjs-core anew for each of some fifty took seven times as long as all tests together.
export default mergeConfig(shared, defineProject({ test: { name: '@jogak/layers', isolate: false } }));
