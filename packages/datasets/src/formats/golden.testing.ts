import { readFileSync } from 'node:fs';

/** What `tools/golden/datasets.py` wrote: files and pickles in base64, and values of Keras' functions. */
export interface Golden {
  readonly typed: Readonly<Record<string, string>>;
  readonly pickles: Readonly<Record<string, string>>;
  readonly arrayPickles: Readonly<Record<string, string>>;
  readonly command: Readonly<Record<string, string>>;
  readonly fortran: string;
  readonly scalar: string;
  readonly empty: string;
  readonly text: string;
  readonly structured: string;
  readonly largeUnsigned: string;
  readonly lists: string;
  readonly npz: string;
  readonly npzCompressed: string;
  readonly sequences: number[][];
  readonly pad: Readonly<Record<string, number[][]>>;
  readonly toCategorical: number[][][];
}

export const golden: Golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/datasets.json', import.meta.url), 'utf8'));

/** The bytes of a text in base64. */
export const fromBase64 = (text: string | undefined): Uint8Array => new Uint8Array(Buffer.from(text as string, 'base64'));
