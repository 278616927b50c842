import { intAt, pointerAt } from '../job';

/**
 * Copies images into frames: pixel (row, column) to (row + top, column + left), zeros around, and zeros behind the channels. What does not fit is left out.
 * A chunk is an image. Arguments: from, to, height, width, channels, height, width and channels of the frame, top, left.
 */
export function frameF32(job: usize, chunk: i32, thread: i32): void {
  const height = intAt(job, 2);
  const width = intAt(job, 3);
  const channels = intAt(job, 4);
  const frameHeight = intAt(job, 5);
  const frameWidth = intAt(job, 6);
  const frameChannels = intAt(job, 7);
  const top = intAt(job, 8);
  const left = intAt(job, 9);
  const size = <usize>(frameHeight * frameWidth * frameChannels) << 2;
  const frame = pointerAt(job, 1) + <usize>chunk * size;
  const image = pointerAt(job, 0) + (<usize>chunk * <usize>(height * width * channels) << 2);
  memory.fill(frame, 0, size);
  const rows = min(height, frameHeight - top);
  const columns = min(width, frameWidth - left);
  if (columns <= 0) return;
  for (let row = 0; row < rows; row++) {
    let from = image + (<usize>(row * width * channels) << 2);
    let to = frame + (<usize>(((row + top) * frameWidth + left) * frameChannels) << 2);
    if (channels == frameChannels) {
      memory.copy(to, from, <usize>(columns * channels) << 2);
      continue;
    }
    for (let column = 0; column < columns; column++) {
      for (let channel: usize = 0; channel < <usize>channels << 2; channel += 4) store<f32>(to + channel, load<f32>(from + channel));
      from += <usize>channels << 2;
      to += <usize>frameChannels << 2;
    }
  }
}
