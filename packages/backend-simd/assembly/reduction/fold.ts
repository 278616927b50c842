import { intAt, pointerAt } from '../job';

// Reductions that training seldom meets, number by number: x is [outer, count, inner], the result [outer, inner].
// Arguments: x, out, outer, count, inner, outer in a chunk.

/** Π x, float32; the product is kept in float64, so that it overflows no sooner than its value does. */
export function productF32(job: usize, chunk: i32, thread: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    for (let i = 0; i < inner; i++) {
      let at = pointerAt(job, 0) + (<usize>(o * count * inner + i) << 2);
      let product: f64 = 1;
      for (let n = 0; n < count; n++) {
        product *= <f64>load<f32>(at);
        at += <usize>inner << 2;
      }
      store<f32>(pointerAt(job, 1) + (<usize>(o * inner + i) << 2), <f32>product);
    }
  }
}

// @ts-ignore: decorator
@inline
function truth(all: bool, job: usize, chunk: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    for (let i = 0; i < inner; i++) {
      let at = pointerAt(job, 0) + <usize>(o * count * inner + i);
      let found: u8 = all ? 1 : 0;
      for (let n = 0; n < count; n++) {
        const value: u8 = load<u8>(at) != 0 ? 1 : 0;
        found = all ? found & value : found | value;
        at += <usize>inner;
      }
      store<u8>(pointerAt(job, 1) + <usize>(o * inner + i), found);
    }
  }
}

/** Whether all are true, bool. */
export function allU8(job: usize, chunk: i32, thread: i32): void {
  truth(true, job, chunk);
}

/** Whether any is true, bool. */
export function anyU8(job: usize, chunk: i32, thread: i32): void {
  truth(false, job, chunk);
}

// @ts-ignore: decorator
@inline
function arg<T extends number>(job: usize, chunk: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const smallest = intAt(job, 6) != 0;
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let o = chunk * perChunk; o < end; o++) {
    for (let i = 0; i < inner; i++) {
      let at = pointerAt(job, 0) + (<usize>(o * count * inner + i) << 2);
      let best = load<T>(at);
      let index = 0;
      for (let n = 1; n < count; n++) {
        at += <usize>inner << 2;
        const value = load<T>(at);
        if (smallest ? value < best : value > best) {
          best = value;
          index = n;
        }
      }
      store<i32>(pointerAt(job, 1) + (<usize>(o * inner + i) << 2), index);
    }
  }
}

/** Index of the first largest or, where argument 6 is 1, smallest x, float32; as on cpu, a NaN is neither, unless it is the first. */
export function argF32(job: usize, chunk: i32, thread: i32): void {
  arg<f32>(job, chunk);
}

/** Index of the first largest or, where argument 6 is 1, smallest x, int32. */
export function argI32(job: usize, chunk: i32, thread: i32): void {
  arg<i32>(job, chunk);
}
