import { ConfigError } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { deserializeLayer } from '../serialization.js';
import { input } from './input-layer.js';

describe('input', () => {
  it('is a symbolic tensor of the shape it is told, the batch unknown', () => {
    const x = input({ shape: [28, null, 1], dtype: 'int32', name: 'pixels' });
    expect([x.shape, x.dtype, x.node.layer.name]).toEqual([[null, 28, null, 1], 'int32', 'pixels']);
    expect(input({ batchShape: [4, 2] }).shape).toEqual([4, 2]);
  });

  it('is the same layer after being saved and loaded', () => {
    const { layer } = input({ shape: [3], dtype: 'int32', name: 'ids' }).node;
    expect(layer.serialize()).toEqual({ className: 'InputLayer', config: { name: 'ids', dtype: 'int32', batchInputShape: [null, 3] } });
    expect(deserializeLayer(layer.serialize()).serialize()).toEqual(layer.serialize());
  });

  it('needs one shape, of sizes', () => {
    const error = new ConfigError('input needs either shape, of one sample, or batchShape; got both or neither');
    expect(() => input({})).toThrow(error);
    expect(() => input({ shape: [1], batchShape: [1, 1] })).toThrow(error);
    expect(() => input({ shape: [2.5], name: 'x' })).toThrow(
      new ConfigError('inputLayer "x": batchInputShape must be a list of sizes and nulls, each an integer, 0 or more; got [null,2.5]'),
    );
  });
});
