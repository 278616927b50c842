import type { SimdKernel } from '../kernel.js';
import { concat, pack } from './concat.js';
import { gatherV2, oneHot, unsortedSegmentSum } from './gather.js';
import { mirrorPad, padV2 } from './pad.js';
import { scaleBytes } from './scale-bytes.js';
import { gatherNd, scatterNd, tensorScatterUpdate } from './scatter.js';
import { slice, splitV, stridedSlice, unpack } from './slice.js';
import { batchToSpaceND, depthToSpace, flipLeftRight, reverse, spaceToBatchND, tile, transpose } from './transpose.js';

export const movementKernels: readonly SimdKernel[] = [
  batchToSpaceND,
  concat,
  depthToSpace,
  flipLeftRight,
  gatherNd,
  gatherV2,
  mirrorPad,
  oneHot,
  pack,
  padV2,
  reverse,
  scaleBytes,
  scatterNd,
  slice,
  spaceToBatchND,
  splitV,
  stridedSlice,
  tensorScatterUpdate,
  tile,
  transpose,
  unpack,
  unsortedSegmentSum,
];
