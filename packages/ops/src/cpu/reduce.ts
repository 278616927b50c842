import { backend_util, type MeanAttrs, type SumAttrs, type SumInputs, util } from '@tensorflow/tfjs-core';
import { sizeOf } from '../host-array.js';
import { type FastKernel, floatValues, output } from './kernel.js';
import { reducedStrides, walk } from './walk.js';

/**
 * Sum over `axis` of a `float32` tensor, kept in float64 and rounded once. One pass in the order of memory, where tfjs' kernel transposes
 * the tensor first unless the axes are the last.
 */
export const sum: FastKernel<SumInputs, SumAttrs> = reduction(() => 1);

/** Mean over `axis`: the sum, divided by the number of elements; of none, 0. (tfjs' kernel divides every element first, and so rounds each.) */
export const mean: FastKernel<SumInputs, MeanAttrs> = reduction(count => Math.max(1, count));

function reduction(divisor: (count: number) => number): FastKernel<SumInputs, SumAttrs> {
  return ({ inputs: { x }, attrs, backend }) => {
    const values = floatValues(backend, x);
    if (!values) return undefined;
    const axes = util.parseAxisParam(attrs.axis, x.shape);
    const [outShape, reducedShape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    const sums = new Float64Array(sizeOf(outShape));
    const strides = reducedStrides(x.shape, axes);
    let at = 0;
    walk(x.shape, strides, strides, (to, step, _to, _step, count) => {
      if (step === 0) {
        let rowSum = 0;
        for (let i = 0; i < count; i++) rowSum += values[at + i]!;
        sums[to] = sums[to]! + rowSum;
      } else {
        for (let i = 0; i < count; i++, to += step) sums[to] = sums[to]! + values[at + i]!;
      }
      at += count;
    });
    const by = divisor(sizeOf(reducedShape));
    const out = new Float32Array(sums.length);
    for (let i = 0; i < out.length; i++) out[i] = sums[i]! / by;
    return output(backend, out, attrs.keepDims ? backend_util.expandShapeToKeepDim(outShape, axes) : outShape);
  };
}
