export type { Capture, CapturingBackend } from './capture-contract.js';
export { CapturedComputation } from './captured-computation.js';
export { checkNumbers, stepKey } from './watched.js';
