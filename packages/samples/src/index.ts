export { fashionMnistSample } from './fashion-mnist.js';
export type { SampleSource } from './sample-source.js';
