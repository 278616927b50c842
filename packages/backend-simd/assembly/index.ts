export { tile4x4, tile4x8, tile6x4, tile6x8 } from './convolution/convolve-tile';
export { tile3x12, tileTallx8 } from './convolution/few-tile';
export { writeConstants } from './math/constants';
export { help, push, runAlone, sleep, workUntil } from './threads';
export { adamAlone } from './optimizer/update';
