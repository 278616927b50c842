import { type Option, options } from '@jogak/ops';
import type { InputSpec } from './shape.js';

/** Where the channels stand. `channelsLast`, `[batch, height, width, channels]`, is the one that is supported. */
export type DataFormat = 'channelsLast' | 'channelsFirst';

/** The option `dataFormat`, which is there for configs from elsewhere. @throws {ConfigError} `unsupported` for `channelsFirst` */
export function dataFormatOption(): Option<DataFormat> {
  const known = options.oneOf<DataFormat>(['channelsLast', 'channelsFirst'], 'channelsLast');
  return {
    ...known,
    parse: value => {
      if (value === null) return 'channelsLast';
      if (known.parse(value) === 'channelsFirst') throw new options.Expected('"channelsLast", the only layout supported', 'unsupported');
      return 'channelsLast';
    },
  };
}

/** What layers along `rank` spatial axes are given: `[batch, steps, channels]`, `[batch, height, width, channels]`. */
export function spatialSpec(rank: number): InputSpec {
  return { rank: rank + 2, meaning: rank === 1 ? '[batch, steps, channels]' : '[batch, height, width, channels]' };
}
