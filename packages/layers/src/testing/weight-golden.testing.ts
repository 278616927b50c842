import { readFileSync } from 'node:fs';
import type { Json } from '@jogak/ops';

interface Named {
  className: string;
  config: Record<string, Json>;
}

interface Values {
  shape: number[];
  values: number[];
}

/** What Keras' initializers, regularizers and constraints do, made by `tools/golden/layer_weights.py`, which describes it. */
export const weightGolden: {
  fans: [shape: number[], fanIn: number, fanOut: number][];
  draws: Record<string, Named & { shape: number[]; mean: number; deviation: number; smallest: number; largest: number }>;
  fixed: Record<string, Named & Values>;
  regularizers: Record<string, Named & { weight: Values; value: number; gradient: number[] }>;
  constraints: Record<string, Named & { weight: Values; values: number[] }>;
} = JSON.parse(readFileSync(new URL('../../../../tools/golden/layer_weights.json', import.meta.url), 'utf8'));
