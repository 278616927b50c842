// Gradient of a convolution by its filter, once more, where it came out as NaN: in a frame of zeros padding was multiplied, and zero times
// what is not finite is NaN.
import { intAt, pointerAt } from '../job';
import { RELU } from './filter-gradient-few';

/**
 * Computes those numbers of a gradient anew that are NaN, from the pixels of x inside the image alone. Arguments: x, dy, gradient [inputs,
 * channels], batch, height, width and channels of x, height, width and channels of dy, rows and columns of taps, strides, padding above and to
 * the left, inputs in a chunk, y, activation (as in filter-gradient-few.ts): dy is the gradient of activation(sum) = y.
 */
export function mendFilterGradientF32(job: usize, chunk: i32, thread: i32): void {
  const channels = intAt(job, 9);
  const perChunk = intAt(job, 16);
  const end = min((chunk + 1) * perChunk, intAt(job, 10) * intAt(job, 11) * intAt(job, 6));
  for (let input = chunk * perChunk; input < end; input++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = pointerAt(job, 2) + (<usize>(input * channels + channel) << 2);
      const value = load<f32>(at);
      if (value != value) store<f32>(at, sumInside(job, input, channel));
    }
  }
}

function sumInside(job: usize, input: i32, channel: i32): f32 {
  const height = intAt(job, 4);
  const width = intAt(job, 5);
  const inChannels = intAt(job, 6);
  const rows = intAt(job, 3) * intAt(job, 7);
  const columns = intAt(job, 8);
  const tap = input / inChannels;
  const top = tap / intAt(job, 11) - intAt(job, 14);
  const left = (tap % intAt(job, 11)) - intAt(job, 15);
  let sum: f32 = 0;
  for (let row = 0; row < rows; row++) {
    const image = row / intAt(job, 7);
    const atRow = (row - image * intAt(job, 7)) * intAt(job, 12) + top;
    if (atRow < 0 || atRow >= height) continue;
    for (let column = 0; column < columns; column++) {
      const atColumn = column * intAt(job, 13) + left;
      if (atColumn < 0 || atColumn >= width) continue;
      const x = ((image * height + atRow) * width + atColumn) * inChannels + (input - tap * inChannels);
      const dy = (row * columns + column) * intAt(job, 9) + channel;
      const slope = gradient(intAt(job, 18), pointerAt(job, 1) + (<usize>dy << 2), pointerAt(job, 17) + (<usize>dy << 2));
      sum += load<f32>(pointerAt(job, 0) + (<usize>x << 2)) * slope;
    }
  }
  return sum;
}

/** dy · f′(y). */
function gradient(activation: i32, dy: usize, y: usize): f32 {
  const slope = load<f32>(dy);
  if (activation != RELU) return slope;
  const value = load<f32>(y);
  return value > 0 ? slope : value == value ? 0 : value;
}
