import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { dense } from '@jogak/layers';
import { DataError, FormatError } from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModel, type Model, sequential } from '../index.js';
import { predictions, values } from './models.testing.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const small = (): Model => sequential({ name: 'small', layers: [dense({ units: 2, inputShape: [3], name: 'd' })] });
const x = values([2, 3]);
const weightsFile = async (): Promise<string> => join(folder, (await readdir(folder)).find(name => name.endsWith('.bin')) as string);

describe('a folder', () => {
  it('holds a JSON file, and its weights in a file named after them', async () => {
    const built = small();
    await built.save(folder);
    expect((await readdir(folder)).map(name => name.replace(/[0-9a-f]{16}/, '…')).sort()).toEqual(['model.json', 'weights.….bin']);
    expect(predictions(await loadModel(folder), x)).toEqual(predictions(built, x));
    expect(predictions(await loadModel(join(folder, 'model.json')), x)).toEqual(predictions(built, x));
    expect(predictions(await loadModel(pathToFileURL(folder).href), x)).toEqual(predictions(built, x));
  });

  it('is made where it is missing, and holds several models under names of their own', async () => {
    const one = small();
    const two = small();
    await one.save(join(folder, 'a', 'b', 'one.json'));
    await two.save(pathToFileURL(join(folder, 'a', 'b', 'two.json')).href);
    await one.save(join(folder, 'a', 'b', 'one.json'));
    expect(predictions(await loadModel(join(folder, 'a', 'b', 'one.json')), x)).toEqual(predictions(one, x));
    expect(predictions(await loadModel(join(folder, 'a', 'b', 'two.json')), x)).toEqual(predictions(two, x));
  });

  it('keeps no weights of the model before', async () => {
    const built = small();
    await built.save(folder);
    built.setWeights([values([3, 2], 5), values([2], 6)]);
    await built.save(folder);
    expect(await readdir(folder)).toHaveLength(2);
    expect(predictions(await loadModel(folder), x)).toEqual(predictions(built, x));
  });
});

describe('says what is wrong with a file', () => {
  beforeEach(() => small().save(folder));

  it('that is missing', async () => {
    const path = join(folder, 'nowhere');
    await expect(loadModel(path)).rejects.toThrow(
      new DataError(`there is no model at "${join(path, 'model.json')}"; model.save makes one`, { code: 'data-missing' }),
    );
    const weights = await weightsFile();
    await unlink(weights);
    await expect(loadModel(folder)).rejects.toThrow(
      new DataError(`the weights "${weights}" are missing; copy them beside the model's JSON file`, { code: 'data-missing' }),
    );
  });

  it('that is cut off', async () => {
    const weights = await weightsFile();
    await truncate(weights, 20);
    const damaged = `"${weights}" is cut off or damaged: its bytes are not those that were saved; save or copy the model again`;
    await expect(loadModel(folder)).rejects.toThrow(new FormatError(damaged));
    const json = join(folder, 'model.json');
    await truncate(json, 100);
    await expect(loadModel(folder)).rejects.toThrow(
      new FormatError(`"${json}" is no JSON, so it is cut off or damaged; save or copy the model again`),
    );
  });

  it('of which one bit is wrong', async () => {
    const weights = await weightsFile();
    const bytes = await readFile(weights);
    bytes[5] = (bytes[5] as number) ^ 1;
    await writeFile(weights, bytes);
    await expect(loadModel(folder)).rejects.toThrow(/is cut off or damaged: its bytes are not those that were saved/);
  });

  it('of another program, whose weights are too few or too many', async () => {
    const path = join(folder, 'model.json');
    const json = JSON.parse(await readFile(path, 'utf8'));
    const bytes = await readFile(await weightsFile());
    json.weightsManifest[0].paths = ['group1-shard1of1.bin'];
    await writeFile(path, JSON.stringify(json));
    await writeFile(join(folder, 'group1-shard1of1.bin'), bytes.subarray(0, 28));
    await expect(loadModel(folder)).rejects.toThrow(
      new FormatError(`the model in "${folder}" should have 32 bytes of weights; got 28: it is cut off. Save or copy the model again`),
    );
    await writeFile(join(folder, 'group1-shard1of1.bin'), Buffer.concat([bytes, bytes]));
    await expect(loadModel(folder)).rejects.toThrow(
      new FormatError(
        `the model in "${folder}" should have 32 bytes of weights; got 64: it belongs to another model. Save or copy the model again`,
      ),
    );
  });

  it('that holds something else', async () => {
    const path = join(folder, 'model.json');
    await writeFile(path, '[1, 2]');
    await expect(loadModel(folder)).rejects.toThrow(
      new FormatError(`"${path}" holds no model: it has no modelTopology, as the files of model.save and tfjs-layers do`),
    );
    await writeFile(path, '{"modelTopology": {"node": []}, "weightsManifest": []}');
    await expect(loadModel(folder)).rejects.toThrow(new FormatError('the file holds no model: its topology has no class name and config'));
  });

  it('with weights of other shapes', async () => {
    const path = join(folder, 'model.json');
    const json = JSON.parse(await readFile(path, 'utf8'));
    json.modelTopology.config.layers[0].config.units = 1;
    await writeFile(path, JSON.stringify(json));
    await expect(loadModel(folder)).rejects.toThrow(
      new FormatError(`the model in "${folder}": the weight "d/kernel" has shape [3, 2]; the model "small" needs [3, 1]`),
    );
  });
});

describe('a file that cannot be written', () => {
  it.runIf(existsSync('/proc/self'))('is an error also where the system makes no folders', async () => {
    await expect(small().save('/proc/nowhere/model')).rejects.toMatchObject({ code: 'storage' });
  });

  it('is a sentence, and the old model survives', async () => {
    const built = small();
    await built.save(folder);
    const kept = predictions(built, x);
    built.setWeights([values([3, 2], 5), values([2], 6)]);
    // The JSON file cannot be replaced by one when a folder has its name.
    await expect(built.save(join(folder, 'model.json', 'deeper'))).rejects.toThrow(
      `cannot be written: a part of the path is a file, and no folder`,
    );
    await mkdir(join(folder, 'taken.json'));
    await expect(built.save(join(folder, 'taken.json'))).rejects.toThrow(
      new DataError(`"${join(folder, 'taken.json')}" cannot be written: it is a folder; give the name of a file`, { code: 'storage' }),
    );
    expect(predictions(await loadModel(folder), x)).toEqual(kept);
  });

  it('because something else stands there, leaves that alone', async () => {
    const path = join(folder, 'package.json');
    await writeFile(path, '{"name":"mine"}');
    await expect(small().save(path)).rejects.toThrow(
      new DataError(`"${path}" is there and holds no model; save to another place, or take it away first`, { code: 'storage' }),
    );
    expect(await readFile(path, 'utf8')).toBe('{"name":"mine"}');
    expect(await readdir(folder)).toEqual(['package.json']);
  });

  // A shell sets the limit for a process of its own; Windows has none.
  it.skipIf(process.platform === 'win32')('because files may not grow, leaves the old one as it was', async () => {
    const built = small();
    await built.save(folder);
    const bundle = join(folder, '..', `${basename(folder)}.mjs`);
    await bundled(bundle);
    const program = `
      import { layers, sequential } from ${JSON.stringify(pathToFileURL(bundle).href)};
      const large = sequential({ layers: [layers.dense({ units: 200, inputShape: [200] })] });
      await large.save(${JSON.stringify(folder)}).catch(error => console.log(error.code, error.message));`;
    const shell = ['-c', 'ulimit -f 16 && exec "$0" --input-type=module -e "$1"', process.execPath, program];
    const { stdout } = await promisify(execFile)('sh', shell);
    await rm(bundle);
    expect(stdout.trim()).toMatch(
      /^storage ".*weights\.[0-9a-f]{16}\.bin" cannot be written: files may not be that large here \(see ulimit -f\); write elsewhere$/,
    );
    expect(await readdir(folder)).toHaveLength(2);
    expect(predictions(await loadModel(folder), x)).toEqual(predictions(built, x));
  });
});

/** The sources as one program, for a process of its own. */
async function bundled(outfile: string): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    stdin: {
      contents: "export * from './index.ts'; export * as layers from '@jogak/layers';",
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@jogak/source'],
    // The list of modules with side effects names those that are built.
    ignoreAnnotations: true,
    logLevel: 'error',
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
  });
}
