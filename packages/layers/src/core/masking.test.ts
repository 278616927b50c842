import { mul, type Scalar, sum, type Tensor, tensor, tidy, type Variable, variable, variableGrads } from '@jogak/ops';
import { describe, it } from 'vitest';
import { inference } from '../base/call-context.js';
import { lstm } from '../recurrent/lstm.js';
import { expectClose } from '../testing/close.testing.js';
import { describeLayer } from '../testing/describe-layer.testing.js';
import { expectLayer } from '../testing/golden.testing.js';
import { testInput } from '../testing/values.testing.js';
import { embedding } from './embedding.js';
import { masking } from './masking.js';

describeLayer('masking', () => masking(), { inputShape: [2, 3, 2], mask: 'own' });

describe('masking', () => {
  it('matches Keras', () => {
    expectLayer(masking()).toMatchGolden('masking/zero');
    expectLayer(masking({ maskValue: 0.5 })).toMatchGolden('masking/value');
  });

  it('can stand behind layers that are trained: no gradient flows through a mask', () => {
    tidy(() => {
      const [mask, recurrent] = [masking(), lstm({ units: 2, returnSequences: true, zeroOutputForMask: true })];
      const factor = variable(tensor([2]), true);
      const loss = (): Scalar => {
        const x = mul(testInput([1, 3, 2]), factor);
        const { outputs, mask: steps } = mask.run(x, inference);
        return sum(recurrent.invoke(outputs, { ...inference, mask: steps }) as Tensor) as Scalar;
      };
      const [gradient] = Object.values(variableGrads(loss, [factor as Variable]).grads) as [Tensor];
      const at = (value: number): number => {
        factor.assign(tensor([value]));
        return loss().dataSync()[0] as number;
      };
      // Central difference with a step of 0.01 in single precision.
      expectClose(gradient.dataSync(), [(at(2.01) - at(1.99)) / 0.02], 1e-3, 'gradient');
      recurrent.dispose();
      factor.dispose();
    });
  });

  it('makes padding count for nothing, whatever follows', () => {
    tidy(() => {
      const [words, reader] = [embedding({ inputDim: 5, outputDim: 3, maskZero: true }), lstm({ units: 2 })];
      const read = (ids: number[]): Tensor => {
        const { outputs, mask } = words.run(tensor(ids, [1, ids.length], 'int32'), inference);
        return reader.invoke(outputs, { ...inference, mask }) as Tensor;
      };
      const short = read([3, 1, 4]).dataSync();
      for (const padded of [
        [0, 0, 3, 1, 4],
        [3, 1, 4, 0, 0],
        [0, 3, 0, 1, 4, 0],
      ]) {
        expectClose(read(padded).dataSync(), short, 1e-7, `output of ${padded}`);
      }
      for (const layer of [words, reader]) layer.dispose();
    });
  });
});
