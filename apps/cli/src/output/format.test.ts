import { expect, it } from 'vitest';
import { formatBytes, formatProbability, formatSeconds } from './format.js';

it.each([
  [0.04, '0.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.6, '1 min 0 s'],
  [125, '2 min 5 s'],
  [3779, '1 h 2 min'],
])('%f seconds are %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

it.each([
  [999, '999 B'],
  [26_421_880, '26.4 MB'],
  [999_960, '1.0 MB'],
  [1e12, '1000.0 GB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, '0.0 %'],
  [1e-9, '<0.1 %'],
  [0.5, '50.0 %'],
  [0.9996, '>99.9 %'],
  [1, '100.0 %'],
])('a probability of %f is %s: certain is only what is', (probability, text) => expect(formatProbability(probability)).toBe(text));
