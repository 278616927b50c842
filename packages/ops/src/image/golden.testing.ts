import { readFileSync } from 'node:fs';
import { type HostArray, hostArray } from '../host-array.js';
import type { ResizeImageOptions } from './resize-image.js';

interface GoldenFile {
  pngs: { name: string; png: string; shape: number[]; pixels: string }[];
  source: { shape: number[]; pixels: number[] };
  resized: { size: [number, number]; options: ResizeImageOptions; pixels: number[] }[];
  pillow: { size: [number, number]; method: 'bilinear' | 'nearest'; pixels: number[] }[];
  grey: number[];
}

const file = JSON.parse(readFileSync(new URL('../../../../tools/golden/image.json', import.meta.url), 'utf8')) as GoldenFile;
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/** PNG files of every kind, and their pixels: tools/golden/image.py. */
export const pngs: readonly { name: string; png: Uint8Array; image: HostArray }[] = file.pngs.map(({ name, png, shape, pixels }) => ({
  name,
  png: bytesOf(png),
  image: hostArray(bytesOf(pixels), shape),
}));

/** An RGB image, and what Keras and Pillow make of it. */
export const source: HostArray = hostArray(Uint8Array.from(file.source.pixels), file.source.shape);
export const { resized, pillow, grey } = file;
