import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Model } from '@jogak/models';
import { DataError } from '@jogak/ops';
import type { FileArray, FileWeights } from '../protocol.js';

/** A folder of arrays that all drivers read, for as long as the benchmark runs. */
export class FileStore {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'jogak-bench-'));

  /** @throws {DataError} when `shape` is not that of `data` */
  write(name: string, data: Float32Array | Int32Array | Uint8Array, shape: readonly number[]): FileArray {
    const size = shape.reduce((product, axis) => product * axis, 1);
    if (size !== data.length)
      throw new DataError(`${name}: an array of shape [${shape.join(', ')}] has ${size} elements; got ${data.length}`);
    const file = path.join(this.folder, `${name.replaceAll('/', '_')}.bin`);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    const dtype = data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'uint8';
    return { path: file, dtype, shape };
  }

  /** A model's weights, by layer and name. */
  writeWeights(name: string, model: Model): FileWeights {
    const ofLayer = (layer: Model['layers'][number]): Record<string, FileArray> =>
      Object.fromEntries(
        layer.weights.map(weight => {
          const { data, shape } = weight.read();
          return [weight.name, this.write(`${name}/${weight.path}`, data as Float32Array, shape)];
        }),
      );
    return Object.fromEntries(model.layers.filter(layer => layer.weights.length > 0).map(layer => [layer.name, ofLayer(layer)]));
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
