import { describe, it } from 'vitest';
import { expectResults, floats } from '../kernel.testing.js';

describe('JogakScaleBytes', () => {
  it('is each byte times the factor, rounded once, of any number of bytes', () => {
    for (const length of [0, 1, 3, 4, 5, 31, 33, 8191, 8192, 8193, 25088]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
      for (const factor of [1 / 255, 1, -0.1]) {
        const expected = floats(Float32Array.from(bytes, byte => byte * factor));
        expectResults('JogakScaleBytes', {}, { bytes, factor, shape: [length] }, [expected], 0);
      }
    }
  });
});
