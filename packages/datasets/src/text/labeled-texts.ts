import { DataError, type HostArray } from '@jogak/ops';
import type { RaggedArray } from './ragged.js';

/** Texts as the numbers of their words, and the number of each one's class. */
export interface LabeledTexts {
  readonly x: RaggedArray;
  /** `uint8 [n]`. */
  readonly y: HostArray;
}

/** Numbers of classes, `uint8 [texts]`. @throws {DataError} when there are not as many as texts, or one is no class. */
export function classLabels(labels: HostArray, texts: number, classes: number, where: string): HostArray {
  if (labels.shape.length !== 1 || labels.shape[0] !== texts)
    throw new DataError(`${where} has ${texts} texts and labels of shape [${labels.shape.join(', ')}]: they do not belong together`);
  const y = new Uint8Array(texts);
  for (let i = 0; i < texts; i++) {
    const label = Number(labels.data[i]);
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new DataError(`${where}: label ${i} is ${label}; there are classes 0 to ${classes - 1}`);
    y[i] = label;
  }
  return { data: y, shape: [texts], dtype: 'uint8' };
}
