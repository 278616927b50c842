import { describe, it } from 'vitest';
import { expectSameAsCpu, sample, sampleIntegers } from '../kernel.testing.js';

const paddings = [
  [0, 0],
  [1, 2],
  [3, 0],
] as const;

describe('PadV2', () => {
  it('is that of cpu, with any value, of floats, integers and truth values', () => {
    for (const constantValue of [0, 1.5, NaN, -Infinity]) expectSameAsCpu('PadV2', { x: sample([3, 5, 33]) }, { paddings, constantValue });
    expectSameAsCpu('PadV2', { x: sampleIntegers([3, 5, 4], 9) }, { paddings, constantValue: -7 });
    expectSameAsCpu('PadV2', { x: sampleIntegers([3, 5, 4], 2, 'bool') }, { paddings, constantValue: 1 });
    expectSameAsCpu('PadV2', { x: sample([0, 5, 4]) }, { paddings, constantValue: 1 });
  });
});

describe('MirrorPad', () => {
  it('is that of cpu, with the edge doubled or not', () => {
    for (const mode of ['reflect', 'symmetric']) {
      expectSameAsCpu('MirrorPad', { x: sample([4, 5, 6]) }, { paddings, mode });
      expectSameAsCpu('MirrorPad', { x: sampleIntegers([4, 5, 6], 2, 'bool') }, { paddings, mode });
    }
  });
});
