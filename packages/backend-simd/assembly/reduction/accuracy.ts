import { intAt, pointerAt } from '../job';

// The contract is that of JogakAccuracy in @jogak/ops. Arguments of all: targets, predictions, sums [2], rows, columns, whether targets
// are int32, threshold.

/** Index of the first largest of a row; a NaN is not, unless it is the first. */
function firstLargest(x: usize, columns: i32): i32 {
  let largest = load<f32>(x);
  let index = 0;
  for (let i = 1; i < columns; i++) {
    const value = load<f32>(x + (<usize>i << 2));
    if (value > largest) {
      largest = value;
      index = i;
    }
  }
  return index;
}

// @ts-ignore: decorator
@inline
function storeSums(job: usize, right: i32, count: i32): void {
  store<f32>(pointerAt(job, 2), <f32>right);
  store<f32>(pointerAt(job, 2), <f32>count, 4);
}

/** Class numbers, int32, and the most likely class. */
export function sparseAccuracyF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 3);
  const columns = intAt(job, 4);
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const predicted = firstLargest(pointerAt(job, 1) + (<usize>(row * columns) << 2), columns);
    right += <i32>(load<i32>(pointerAt(job, 0) + (<usize>row << 2)) == predicted);
  }
  storeSums(job, right, rows);
}

/** The class of most weight, float32, and the most likely one. */
export function categoricalAccuracyF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 3);
  const columns = intAt(job, 4);
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const offset = <usize>(row * columns) << 2;
    right += <i32>(firstLargest(pointerAt(job, 0) + offset, columns) == firstLargest(pointerAt(job, 1) + offset, columns));
  }
  storeSums(job, right, rows);
}

/** A yes or no for each number, and whether its prediction is above the threshold. */
export function binaryAccuracyF32(job: usize, chunk: i32, thread: i32): void {
  const count = intAt(job, 3) * intAt(job, 4);
  const areInts = intAt(job, 5) != 0;
  const threshold = <f32>load<f64>(job + 48);
  let right = 0;
  for (let i = 0; i < count; i++) {
    const at = pointerAt(job, 0) + (<usize>i << 2);
    const target = areInts ? <f32>load<i32>(at) : load<f32>(at);
    const predicted: f32 = load<f32>(pointerAt(job, 1) + (<usize>i << 2)) > threshold ? 1 : 0;
    right += <i32>(target == predicted);
  }
  storeSums(job, right, count);
}
