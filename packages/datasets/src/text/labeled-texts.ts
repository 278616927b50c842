import { DataError, type HostArray } from '@jogak/ops';
import type { RaggedArray } from './ragged.js';

/** Texts as the numbers of their words, and the number of each one's class. */
export interface LabeledTexts {
  readonly x: RaggedArray;
  /** `uint8 [n]`. */
  readonly y: HostArray;
}

/** Puts sequences and labels together. @throws {DataError} when there are not as many, or a label is no class. */
export function labeledTexts(x: RaggedArray, labels: HostArray, classes: number, where: string): LabeledTexts {
  if (labels.shape.length !== 1 || labels.shape[0] !== x.length)
    throw new DataError(`${where} has ${x.length} texts and labels of shape [${labels.shape.join(', ')}]: they do not belong together`);
  const y = new Uint8Array(x.length);
  for (let i = 0; i < y.length; i++) {
    const label = Number(labels.data[i]);
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new DataError(`${where}: label ${i} is ${label}; there are classes 0 to ${classes - 1}`);
    y[i] = label;
  }
  return { x, y: { data: y, shape: [y.length], dtype: 'uint8' } };
}
