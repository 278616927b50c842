import { backend_util, type GatherV2Attrs, type GatherV2Inputs, type Tensor, util } from '@tensorflow/tfjs-core';
import { type FastKernel, output } from './kernel.js';

/**
 * Slices of `x` along an axis, in the order of `indices`: copied whole, where tfjs' kernel computes the coordinates of every element.
 */
export const gatherV2: FastKernel<GatherV2Inputs, GatherV2Attrs> = ({ inputs, attrs, backend }) => {
  const { x, indices } = inputs;
  const { values } = backend.data.get(x.dataId);
  const ids = backend.data.get(indices.dataId).values as Int32Array;
  if (!(values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array)) return undefined;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const size = x.shape[axis]!;
  for (let i = 0; i < ids.length; i++) if (!(ids[i]! >= 0 && ids[i]! < size)) return undefined; // tfjs' kernel says which is wrong.
  // tfjs types the argument as tensors, and reads their shapes only.
  const shapes = backend_util.segment_util.collectGatherOpShapeInfo(x as Tensor, indices as Tensor, axis, attrs.batchDims ?? 0);
  const { batchSize, outerSize, sliceSize } = shapes;
  const idsOfBatch = ids.length / (batchSize || 1);
  const result = new (values.constructor as new (length: number) => Float32Array)(util.sizeFromShape(shapes.outputShape));
  let to = 0;
  for (let batch = 0; batch < batchSize; batch++) {
    for (let outer = 0; outer < outerSize; outer++) {
      const base = (batch * outerSize + outer) * size;
      for (let i = 0; i < idsOfBatch; i++) {
        const from = (base + ids[batch * idsOfBatch + i]!) * sliceSize;
        for (let j = 0; j < sliceSize; j++) result[to++] = values[from + j]!;
      }
    }
  }
  return output(backend, result, shapes.outputShape, x.dtype);
};
