export { averagePool2d } from './average-pool2d.js';
export { type AxisPadding, type ConvAxis, convOutputSize, convPadding, type PaddingSizes } from './axis.js';
export {
  type ConvShapeOptions,
  type ConvTransposeShapeOptions,
  convOutputShape,
  convTransposeOutputShape,
  type PartialShape,
  type PoolShapeOptions,
  poolOutputShape,
  type SpatialSizes,
} from './output-shape.js';
export { type ConvTransposeAxis, convTransposeOutputSize } from './transpose.js';
