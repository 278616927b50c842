import { type Batch, type HostArray, hostArray, oneHotArray, scaleArray, sizeOf } from '@jogak/ops';

/** How an image becomes the input of a model. */
export interface ImageFormat {
  readonly kind: 'image';
  readonly height: number;
  readonly width: number;
  /** 1 for grey, 3 for RGB. */
  readonly channels: number;
  /** What every pixel, 0 to 255, is multiplied by. */
  readonly scale: number;
  /** Whether the things on the images are bright and the ground dark, as in Fashion-MNIST; photographs are the other way. */
  readonly brightOnDark: boolean;
}

/** How a text becomes the input of a model: words to ids, ids to a row of a fixed length, padded and cut in front. */
export interface TextFormat {
  readonly kind: 'text';
  /** Length of the row. */
  readonly steps: number;
  /** Depth of the one-hot vectors that ids become; null where the model takes the ids themselves. */
  readonly oneHot: number | null;
  /** Ids of the words that the model knows; other words are left out. Null when the data set came without its words. */
  readonly vocabulary: { readonly [word: string]: number } | null;
  /** Column that the texts stand in, of a table. @default 'text' */
  readonly column?: string;
}

/** How a row of numbers becomes the input of a model. */
export interface TableFormat {
  readonly kind: 'table';
  /** Names of the columns, in order. */
  readonly columns: readonly string[];
  /** Subtracted from each column. */
  readonly mean: readonly number[];
  /** Each column is divided by it, then. */
  readonly deviation: readonly number[];
}

/** How an input is prepared: saved with a model, so that the model is enough to predict with. */
export type InputFormat = ImageFormat | TextFormat | TableFormat;

/** Prepares raw values, `[batch, …]`: pixels, ids or table rows, on the host, as the format says. */
export function prepareInput(raw: HostArray, format: InputFormat): HostArray {
  switch (format.kind) {
    case 'image':
      return scaleArray(raw, format.scale);
    case 'text':
      return format.oneHot === null ? raw : oneHotArray(raw, format.oneHot);
    case 'table':
      return standardize(raw, format);
  }
}

/** {@link prepareInput} of a batch whose x is one array. */
export function prepareBatch(format: InputFormat): (batch: Batch) => Batch {
  return batch => ({ ...batch, x: prepareInput(batch.x as HostArray, format) });
}

function standardize(rows: HostArray, { mean, deviation }: TableFormat): HostArray {
  const columns = sizeOf(rows.shape.slice(1));
  const data = Float32Array.from(
    rows.data as Float32Array,
    (value, i) => (value - (mean[i % columns] as number)) / (deviation[i % columns] as number),
  );
  return hostArray(data, rows.shape);
}
