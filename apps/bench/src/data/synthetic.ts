import { type HostArray, hostArray } from '@jogak/ops';
import { randomIntegers, randomUniforms } from './random.js';

/** Random pixels and labels of Fashion-MNIST's shapes: `uint8 [samples, 28, 28, 1]` and `uint8 [samples]`. */
export function syntheticImages(samples: number): { x: HostArray; y: HostArray } {
  const pixels = Uint8Array.from(randomIntegers('pixels', samples * 784, 256));
  return { x: hostArray(pixels, [samples, 28, 28, 1]), y: hostArray(Uint8Array.from(randomIntegers('labels', samples, 10))) };
}

/** Deciles of the lengths of IMDB's reviews, when ids from 20 up to the number of words are kept. */
const lengths: Readonly<Record<number, readonly number[]>> = {
  100: [1, 16, 22, 27, 31, 36, 42, 51, 65, 91, 379],
  1000: [3, 40, 54, 63, 72, 82, 96, 116, 149, 206, 826],
};

/**
 * Random texts that are as long as IMDB's reviews, filled up in front with zeros and cut in front: `int32 [samples, 100]`, labels `uint8 [samples]`. As in
 * English, a word is as frequent as the inverse of its rank (Zipf).
 *
 * @param numWords 100 or 1000
 */
export function syntheticTexts(samples: number, numWords: 100 | 1000): { x: HostArray; y: HostArray } {
  const steps = 100;
  const deciles = lengths[numWords] as readonly number[];
  const ids = new Int32Array(samples * steps);
  const quantiles = randomUniforms('lengths', samples);
  const words = randomUniforms('words', samples * steps);
  const skipTop = 20;
  for (let sample = 0; sample < samples; sample++) {
    const place = (quantiles[sample] as number) * 10;
    const decile = Math.min(9, Math.floor(place));
    const low = deciles[decile] as number;
    const length = Math.round(low + (place - decile) * ((deciles[decile + 1] as number) - low));
    for (let step = steps - Math.min(steps, length); step < steps; step++) {
      const index = sample * steps + step;
      // The inverse of the distribution function of 1/rank.
      ids[index] = Math.min(numWords - 1, Math.floor(skipTop * (numWords / skipTop) ** (words[index] as number)));
    }
  }
  return { x: hostArray(ids, [samples, steps]), y: hostArray(Uint8Array.from(randomIntegers('opinions', samples, 2))) };
}
