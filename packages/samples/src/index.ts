export { fashionMnistSample } from './fashion-mnist.js';
export type { SampleSource } from './sample-source.js';
export { spamSample } from './spam.js';
