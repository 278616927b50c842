import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng, hostArray } from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dataset } from '../pipeline/dataset.js';
import { trainTestSplit } from '../split/train-test-split.js';
import { imageFolder } from './image-folder.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-'));
  await mkdir(join(folder, 'dog'));
  await mkdir(join(folder, 'cat'));
  // A square of one grey a file, of different sizes: 10 and 20 for cats, 200 for the dog.
  for (const [name, grey, size] of [
    ['cat/1.png', 10, 4],
    ['cat/2.png', 20, 5],
    ['dog/1.PNG', 200, 6],
  ] as const)
    await writeFile(join(folder, name), encodePng(hostArray(new Uint8Array(size * size).fill(grey), [size, size, 1])));
  await writeFile(join(folder, 'dog', '.hidden.jpg'), 'x');
  await writeFile(join(folder, 'dog', 'notes.txt'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

describe('imageFolder', () => {
  it('finds classes and images, and brings them to one size', async () => {
    const { classNames, files, labels, dataset } = await imageFolder(folder, { size: [2, 3], channels: 1 });
    expect(classNames).toEqual(['cat', 'dog']);
    expect(files).toEqual(['cat/1.png', 'cat/2.png', 'dog/1.PNG'].map(name => join(folder, ...name.split('/'))));
    expect(labels).toEqual(hostArray(Int32Array.of(0, 0, 1)));
    expect(await dataset.batch(3).toArray()).toEqual([
      {
        x: hostArray(Uint8Array.from([10, 20, 200].flatMap(grey => Array(6).fill(grey))), [3, 2, 3, 1]),
        y: hostArray(Int32Array.of(0, 0, 1)),
      },
    ]);
  });

  it('is in colour when nothing is said', async () => {
    const [first] = await (await imageFolder(folder, { size: 2 })).dataset.take(1).toArray();
    expect(first?.x).toEqual(hostArray(new Uint8Array(12).fill(10), [2, 2, 3]));
  });

  it('mixes paths, and splits', async () => {
    const { dataset, labels, select } = await imageFolder(folder, { size: 1, channels: 1 });
    const greys = async (images: typeof dataset) => (await images.toArray()).map(({ x }) => x.data[0]);
    expect((await greys(dataset.shuffle({ seed: 1 }))).sort()).toEqual([10, 20, 200]);
    const { test } = trainTestSplit({ x: hostArray(Int32Array.of(0, 1, 2)), y: labels }, { testSize: 1, shuffle: false });
    expect(await greys(select(test.x.data as Int32Array))).toEqual([200]);
  });

  it('keeps the classes of another folder', async () => {
    const { labels } = await imageFolder(folder, { size: 1, classNames: ['dog', 'cat'] });
    expect(labels).toEqual(hostArray(Int32Array.of(0, 1, 1)));
    await expect(imageFolder(folder, { size: 1, classNames: ['cow'] })).rejects.toThrow(
      `imageFolder: there is no folder ${join(folder, 'cow')} for the class "cow"`,
    );
  });

  it('names what is wrong', async () => {
    await expect(imageFolder(join(folder, 'no'), { size: 1 })).rejects.toThrow(`imageFolder: there is no folder ${join(folder, 'no')}`);
    await expect(imageFolder(join(folder, 'cat'), { size: 1 })).rejects.toThrow(
      `imageFolder: ${join(folder, 'cat')} has no folders; put the images of each class into a folder named after it`,
    );
    await writeFile(join(folder, 'cat', '3.png'), 'not an image');
    const { dataset } = await imageFolder(folder, { size: 1 });
    await expect(dataset.toArray()).rejects.toMatchObject({
      name: 'FormatError',
      message: expect.stringContaining(`${join(folder, 'cat', '3.png')}: `),
    });
    await mkdir(join(folder, 'empty'));
    await expect(imageFolder(folder, { size: 1 })).rejects.toThrow(`imageFolder: ${join(folder, 'empty')} has no PNG images`);
    await writeFile(join(folder, 'empty', 'a.jpeg'), 'x');
    await expect(imageFolder(folder, { size: 1 })).rejects.toThrow(
      `imageFolder: ${join(folder, 'empty', 'a.jpeg')} is not a PNG image; convert it, or take it away`,
    );
    await expect(imageFolder(folder, { size: 0 })).rejects.toThrow(
      'imageFolder: size must be a positive integer, or [height, width]; got 0',
    );
    await expect(imageFolder(folder, { size: 1, chanels: 1 } as never)).rejects.toThrow(
      'imageFolder: there is no option "chanels"; did you mean "channels"?',
    );
  });
});

describe('Dataset.fromFiles', () => {
  it('reads files when their turn comes', async () => {
    const path = join(folder, 'dog', 'notes.txt');
    const missing = join(folder, 'none');
    expect((await Dataset.fromFiles([path, missing]).take(1).toArray()).map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['x']);
    await expect(Dataset.fromFiles([missing]).toArray()).rejects.toThrow(`Dataset.fromFiles: there is no file ${missing}`);
  });
});
