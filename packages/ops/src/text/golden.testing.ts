import { readFileSync } from 'node:fs';
import type { TokenizeOptions } from './tokenize.js';

/** What Keras' Tokenizer makes of a few texts: tools/golden/text.py. */
export interface TextGolden {
  texts: string[];
  words: { options: TokenizeOptions; words: string[][] }[];
  wordIndex: Record<string, number>;
  sequences: number[][];
  sequencesOf8Words: number[][];
}

export const golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/text.json', import.meta.url), 'utf8')) as TextGolden;
