import { hostArray } from '@jogak/ops';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { kernel, network, x, y } from './runs.testing.js';
import { terminateOnNaN } from './terminate-on-nan.js';

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
afterEach(() => warn.mockClear());
const broken = hostArray(
  Float32Array.from({ length: 12 }, (_, i) => (i === 7 ? 3e38 : 1)),
  [6, 2],
);

describe('terminateOnNaN', () => {
  it('ends training, names the first bad layer, and leaves the weights as they were', async () => {
    const model = network();
    model.setWeights([hostArray(Float32Array.of(30, 30), [2, 1]), hostArray(Float32Array.of(0))]);
    const ended = vi.fn();
    const callback = terminateOnNaN();
    const history = await model.fit(broken, y, { epochs: 3, batchSize: 2, shuffle: false, callbacks: [callback, { onTrainEnd: ended }] });
    expect(history.epoch).toEqual([]);
    expect(ended).toHaveBeenCalledOnce();
    expect(callback.reason).toMatch(
      /^the loss is Infinity at step 1: dense "dense" is the first layer whose outputs are not finite\. Try a lower/,
    );
    expect(warn.mock.calls).toEqual([[`Training ended: ${callback.reason}`]]);
    expect(kernel(model).every(Number.isFinite)).toBe(true);
  });

  it('leaves other errors alone', async () => {
    const callback = terminateOnNaN();
    const failing = { onBatchBegin: () => Promise.reject(new TypeError('other')) };
    await expect(network().fit(x, y, { callbacks: [callback, failing] })).rejects.toThrow(new TypeError('other'));
    expect(callback.reason).toBeNull();
  });

  it('ends a training step of one’s own that gives NaN', async () => {
    const model = network();
    model.trainStep = async () => ({ loss: Number.NaN });
    const callback = terminateOnNaN();
    await model.fit(x, y, { batchSize: 2, callbacks: callback });
    expect(callback.reason).toBe('the loss is NaN after batch 1');
  });
});

describe('fit', () => {
  it('tells every callback that training has ended, also when one of them fails then', async () => {
    const second = vi.fn();
    const callbacks = [{ onTrainEnd: () => Promise.reject(new Error('first')) }, { onTrainEnd: second }];
    await expect(network().fit(x, y, { callbacks })).rejects.toThrow('first');
    expect(second).toHaveBeenCalledOnce();
  });
});
