export { invertImage, toGrey } from './channels.js';
export { type DecodePngOptions, decodePng, type PngChannels } from './png/decode-png.js';
export { encodePng } from './png/encode-png.js';
export { type ResizeImageOptions, resizeImage } from './resize-image.js';
