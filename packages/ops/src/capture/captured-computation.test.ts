import { memory, mul, sum, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../engine.js';
import { CapturedComputation, checkNumbers } from './index.js';

describe('CapturedComputation, on a backend that captures nothing', () => {
  it('computes each time, whatever the shapes, and keeps no tensor', () => {
    const captured = new CapturedComputation();
    const weights = tensor1d([2]);
    const before = memory().numTensors;
    let calls = 0;
    for (let size = 1; size < 5; size++) {
      tidy(() => {
        const x = tensor1d(Array.from({ length: size }, (_, index) => index + 1));
        const outputs = captured.run([x], [weights], () => {
          calls++;
          return [sum(mul(x, weights)), null];
        });
        expect([outputs[0]?.dataSync()[0], outputs[1]]).toEqual([size * (size + 1), null]);
      });
    }
    captured.dispose();
    expect(calls).toBe(4);
    expect(memory().numTensors).toBe(before);
  });
});

describe('checkNumbers', () => {
  it('throws what the check throws, for a tensor that knows what it was made of and for one that does not', () => {
    const check = (numbers: ArrayLike<number | bigint>): void => {
      if (Number(numbers[1]) > 2) throw new RangeError(`${numbers[1]} is above 2`);
    };
    const [good, bad] = [tensor1d([3, 2]), tensor1d([2, 3])] as [Tensor, Tensor];
    expect(() => checkNumbers(good, check)).not.toThrow();
    expect(() => checkNumbers(bad, check)).toThrow('3 is above 2');
  });
});
