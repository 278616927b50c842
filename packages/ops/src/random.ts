import { sizeOf } from './host-array.js';
import { log } from './scalar-math/index.js';

/**
 * Randomness as a function: the same key and element give the same number, in whatever order, on any number of threads.
 *
 * The generator is Threefry-2×32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011), which needs only additions, rotations and exclusive-ors of 32-bit words.
 */
export interface RandomKey {
  readonly k0: number;
  readonly k1: number;
}

let globalSeed = 1;

/** Sets the seed of everything that has none of its own: initializers, dropout, shuffles. @param seed an integer, 0 or more @default 1 */
export function setRandomSeed(seed: number): void {
  globalSeed = seed;
}

/** The seed that {@link setRandomSeed} set. */
export function getRandomSeed(): number {
  return globalSeed;
}

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/** One block: two words in, two words out, written to `out` at `offset`. */
function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array, offset: number): void {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  for (let round = 0; round < 20; round++) {
    const r = rotations[round & 7] as number;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r) | (x1 >>> (32 - r))) ^ x0;
    if ((round & 3) === 3) {
      const injection = (round >> 2) + 1;
      const phase = injection % 3;
      x0 = (x0 + (phase === 0 ? k0 : phase === 1 ? k1 : k2)) | 0;
      x1 = (x1 + (phase === 0 ? k1 : phase === 1 ? k2 : k0) + injection) | 0;
    }
  }
  out[offset] = x0;
  out[offset + 1] = x1;
}

/** The two words that Threefry-2×32-20 makes of a key and a counter: for tests against the published vectors. */
export function threefry2x32(key: RandomKey, counter: readonly [number, number]): [number, number] {
  const out = new Uint32Array(2);
  threefry(key.k0, key.k1, counter[0], counter[1], out, 0);
  return [out[0] as number, out[1] as number];
}

function fold(key: RandomKey, c0: number, c1: number): RandomKey {
  const [k0, k1] = threefry2x32(key, [c0, c1]);
  return { k0, k1 };
}

/**
 * The key of one source of randomness: a seed, and the path of what draws, such as `randomKey(seed, 'dropout_1', step)`.
 * Different paths give independent streams.
 */
export function randomKey(seed: number, ...path: readonly (string | number)[]): RandomKey {
  let key: RandomKey = { k0: seed | 0, k1: Math.floor(seed / 4294967296) | 0 };
  for (const part of path) {
    if (typeof part === 'number') {
      key = fold(key, part | 0, Math.floor(part / 4294967296) | 0);
      continue;
    }
    // Length first and marked, so that neither 'a' + 'b' and 'ab' nor a text and a number can meet.
    key = fold(key, part.length, 0x74657874);
    for (let i = 0; i < part.length; i += 2) key = fold(key, part.charCodeAt(i), i + 1 < part.length ? part.charCodeAt(i + 1) : 0);
  }
  return key;
}

/** `length` random 32-bit words; word `i` depends on the key and `i` alone. */
export function randomBits(key: RandomKey, length: number): Uint32Array {
  const out = new Uint32Array(length + (length & 1));
  for (let i = 0; i < out.length; i += 2) threefry(key.k0, key.k1, i >>> 1, 0, out, i);
  return out.length === length ? out : out.subarray(0, length);
}

/** A number made of each word. `Float32Array.from` with a function does the same in twenty times the time. */
function floats(bits: Uint32Array, make: (word: number) => number): Float32Array {
  const values = new Float32Array(bits.length);
  for (let i = 0; i < values.length; i++) values[i] = make(bits[i] as number);
  return values;
}

/** Uniform numbers in [min, max), float32. @default min 0, max 1 */
export function uniformValues(key: RandomKey, shape: readonly number[], min = 0, max = 1): Float32Array {
  const bits = randomBits(key, sizeOf(shape));
  const scale = (max - min) / 16777216;
  return floats(bits, word => min + (word >>> 8) * scale);
}

/** Normally distributed numbers, float32. @default mean 0, stddev 1 */
export function normalValues(key: RandomKey, shape: readonly number[], mean = 0, stddev = 1): Float32Array {
  const bits = randomBits(key, sizeOf(shape));
  return floats(bits, word => mean + stddev * normalQuantile((word + 0.5) / 4294967296));
}

/** Probability of a standard normal number below −2. */
export const TRUNCATED_LEAST = 0.022750131948179212;
/** Probability of one between −2 and 2. */
export const TRUNCATED_WIDTH: number = 1 - 2 * TRUNCATED_LEAST;

/** Normally distributed numbers no further than two standard deviations from the mean, float32. @default mean 0, stddev 1 */
export function truncatedNormalValues(key: RandomKey, shape: readonly number[], mean = 0, stddev = 1): Float32Array {
  const bits = randomBits(key, sizeOf(shape));
  return floats(bits, word => mean + stddev * normalQuantile(TRUNCATED_LEAST + (TRUNCATED_WIDTH * (word + 0.5)) / 4294967296));
}

/** 1 / (1 − rate) with probability 1 − rate, else 0: what dropout multiplies with, float32. */
export function dropoutValues(key: RandomKey, shape: readonly number[], rate: number): Float32Array {
  const bits = randomBits(key, sizeOf(shape));
  const threshold = rate * 4294967296;
  const keep = 1 / (1 - rate);
  return floats(bits, word => (word >= threshold ? keep : 0));
}

/** The numbers 0 … length − 1 in random order (Fisher and Yates). */
export function permutation(key: RandomKey, length: number): Uint32Array {
  const bits = randomBits(key, 2 * length);
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    // 53 random bits, so that no order of any array that fits in memory is noticeably likelier than another.
    const fraction = ((bits[2 * i] as number) * 2097152 + ((bits[2 * i + 1] as number) >>> 11)) / 9007199254740992;
    const j = Math.floor(fraction * (i + 1));
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}

const central = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
];
const centralBelow = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
const middle = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
  4.630337846156546, 1.4234371107496835,
];
const middleBelow = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
  2.053191626637759, 1,
];
const tail = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
];
const tailBelow = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
];

const horner = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/**
 * The number below which a standard normal one lies with probability `p`, 0 < p < 1, to about 1e-16 relative
 * (Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(central, r)) / horner(centralBelow, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const value = r <= 5 ? horner(middle, r - 1.6) / horner(middleBelow, r - 1.6) : horner(tail, r - 5) / horner(tailBelow, r - 5);
  return q < 0 ? -value : value;
}
