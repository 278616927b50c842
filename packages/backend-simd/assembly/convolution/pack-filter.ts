import { intAt, pointerAt } from '../job';

// Arguments of packFilterF32. Distances are in elements of the filter, and may be negative: a gradient's filter is turned around.
/** The weight of the first tap, first channels. */
// @ts-ignore: decorator
@inline
const FILTER: i32 = 0;
// @ts-ignore: decorator
@inline
const PACKED: i32 = 1;
/** Address of the bias, or 0. */
// @ts-ignore: decorator
@inline
const BIAS: i32 = 2;
// @ts-ignore: decorator
@inline
const PACKED_BIAS: i32 = 3;
// @ts-ignore: decorator
@inline
const TAP_ROWS: i32 = 4;
// @ts-ignore: decorator
@inline
const TAP_COLUMNS: i32 = 5;
// @ts-ignore: decorator
@inline
const IN_CHANNELS: i32 = 6;
// @ts-ignore: decorator
@inline
const OUT_CHANNELS: i32 = 7;
// @ts-ignore: decorator
@inline
const TO_ROW: i32 = 8;
// @ts-ignore: decorator
@inline
const TO_COLUMN: i32 = 9;
// @ts-ignore: decorator
@inline
const TO_IN_CHANNEL: i32 = 10;
// @ts-ignore: decorator
@inline
const TO_OUT_CHANNEL: i32 = 11;
// @ts-ignore: decorator
@inline
const CHUNK_PANELS: i32 = 12;

/**
 * Writes a filter as panels of 8 output channels: for every tap and input channel the weights of the panel's channels, filled up with
 * zeros; and the bias likewise.
 */
export function packFilterF32(job: usize, chunk: i32, thread: i32): void {
  const outChannels = intAt(job, OUT_CHANNELS);
  const begin = chunk * intAt(job, CHUNK_PANELS);
  const end = min(begin + intAt(job, CHUNK_PANELS), (outChannels + 7) >> 3);
  for (let panel = begin; panel < end; panel++) {
    packPanel(job, panel, min(outChannels - (panel << 3), 8));
    packBias(job, panel, min(outChannels - (panel << 3), 8));
  }
}

function packPanel(job: usize, panel: i32, lanes: i32): void {
  const tapRows = intAt(job, TAP_ROWS);
  const tapColumns = intAt(job, TAP_COLUMNS);
  const inChannels = intAt(job, IN_CHANNELS);
  const toIn = intAt(job, TO_IN_CHANNEL) << 2;
  const toOut = intAt(job, TO_OUT_CHANNEL) << 2;
  let to = pointerAt(job, PACKED) + <usize>(panel * tapRows * tapColumns * inChannels) * 32;
  const first = pointerAt(job, FILTER) + <usize>((panel << 3) * toOut);
  for (let row = 0; row < tapRows; row++) {
    for (let column = 0; column < tapColumns; column++) {
      let from = first + <usize>((row * intAt(job, TO_ROW) + column * intAt(job, TO_COLUMN)) << 2);
      for (let channel = 0; channel < inChannels; channel++) {
        if (lanes == 8 && toOut == 4) {
          v128.store(to, v128.load(from));
          v128.store(to, v128.load(from, 16), 16);
        } else {
          let weight = from;
          for (let lane = 0; lane < 8; lane++) {
            store<f32>(to + (<usize>lane << 2), lane < lanes ? load<f32>(weight) : 0);
            weight += toOut;
          }
        }
        to += 32;
        from += toIn;
      }
    }
  }
}

function packBias(job: usize, panel: i32, lanes: i32): void {
  const bias = pointerAt(job, BIAS);
  const to = pointerAt(job, PACKED_BIAS) + (<usize>panel << 5);
  for (let lane = 0; lane < 8; lane++) {
    store<f32>(to + (<usize>lane << 2), bias != 0 && lane < lanes ? load<f32>(bias + (<usize>((panel << 3) + lane) << 2)) : 0);
  }
}
