import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodePng, hostArray, resizeImage } from '@jogak/ops';
import { fashionMnistSample } from '@jogak/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../evaluating/evaluate.js';
import { predict } from '../predicting/predict.js';
import { plot } from '../showing/plot.js';
import { summary } from '../showing/summary.js';
import { debianFiles, hasDebianFiles } from './debian-files.testing.js';
import { events, jogak, temporaryFolder } from './jogak.testing.js';
import { writeImages, writeTable, writeTexts } from './own-data.testing.js';

let folder = '';
let clothes = '';
let images = '';
beforeAll(async () => {
  folder = await temporaryFolder();
  clothes = join(folder, 'clothes');
  images = join(folder, 'images-idx3-ubyte');
  await writeFile(images, await fashionMnistSample.read('t10k-images-idx3-ubyte'));
  const { code } = await jogak(['train', 'fashion-cnn', '--sample', '--train-samples', '320', '--epochs', '1', '--out', clothes]);
  expect(code).toBe(0);
});

/** The sample's images as files: a small Fashion-MNIST with a test part. */
async function sampleFolder(): Promise<string> {
  const data = join(folder, 'sample-files');
  await mkdir(data, { recursive: true });
  for (const file of fashionMnistSample.files) await writeFile(join(data, file), await fashionMnistSample.read(file));
  return data;
}

/** The classes that a model names, the likeliest first, for each input. */
async function classes(model: string, ...inputs: string[]): Promise<{ class: string; probability: number }[][]> {
  const { code, out, err } = await jogak(['predict', '--model', model, '--json', ...inputs]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return events(out).map(event => event.classes as { class: string; probability: number }[]);
}

describe('jogak predict', () => {
  it('reads a row of an IDX file, and the same image as PNG of another size, kind and ground', async () => {
    const row = 3;
    const all = (await fashionMnistSample.read('t10k-images-idx3-ubyte')).subarray(16);
    const image = hostArray(all.slice(row * 784, (row + 1) * 784), [28, 28, 1]);
    const paths = ['grey', 'photo', 'alpha'].map(name => join(folder, `${name}.png`)) as [string, string, string];
    await writeFile(paths[0], encodePng(image));
    // As a photograph has it: larger, in colours, dark on bright.
    const large = resizeImage(image, [112, 112], { method: 'nearest' });
    const photo = Uint8Array.from({ length: 112 * 112 * 3 }, (_, i) => 255 - Number(large.data[Math.floor(i / 3)]));
    await writeFile(paths[1], encodePng(hostArray(photo, [112, 112, 3])));
    // Cut out: black where there is something, nothing around it.
    const cutOut = Uint8Array.from({ length: 784 * 4 }, (_, i) => (i % 4 === 3 ? Number(image.data[i >> 2]) : 0));
    await writeFile(paths[2], encodePng(hostArray(cutOut, [28, 28, 4])));
    const [first, grey, reduced, cut] = await classes(clothes, `${images}#${row}`, ...paths);
    // Reducing the photograph again blurs it a little.
    for (const [other, tolerance] of [
      [grey, 0],
      [reduced, 0.05],
      [cut, 0],
    ] as const) {
      expect(other?.map(item => item.class)).toEqual(first?.map(item => item.class));
      for (const [index, item] of (other ?? []).entries())
        expect(Math.abs(item.probability - (first?.[index]?.probability as number))).toBeLessThanOrEqual(tolerance);
    }
  });

  it('takes the row from --row, and as many classes as --top says', async () => {
    const { out } = await jogak(['predict', '--model', clothes, images, '--row', '5', '--top', '2']);
    expect(out).toMatch(/^\S+images-idx3-ubyte#5: [^,]+ [\d.<>]+ %, [^,]+ [\d.<>]+ %\n$/);
  });

  it.each([
    ['nothing.png', 'there is no file nothing.png; the model reads PNG images and rows of IDX files (FILE#ROW)'],
    ['package.json', 'package.json is neither a PNG image nor an IDX file'],
    [() => images, 'holds many images: say which, as'],
    [() => `${images}#1000`, 'has rows 0 to 999; got 1000'],
    [() => folder, 'is a folder; the model reads PNG images'],
  ])('says what is wrong with an input (%#)', async (input, message) => {
    const inputs = [typeof input === 'string' ? input : input()];
    await expect(predict({ model: clothes, inputs })).rejects.toThrow(message);
  });
});

describe('jogak evaluate', () => {
  it('gives accuracy, loss and confusion matrix, whose diagonal is the accuracy', async () => {
    const { code, out } = await jogak(['evaluate', '--model', clothes, '--sample', '--json']);
    expect(code).toBe(0);
    const [result] = events(out) as [Record<string, unknown>];
    expect(Object.keys(result)).toEqual('event model split samples backend threads loss accuracy classNames confusionMatrix'.split(' '));
    const matrix = result.confusionMatrix as number[][];
    expect(matrix.map(row => row.reduce((sum, count) => sum + count, 0))).toEqual(Array(10).fill(100));
    expect(result.accuracy).toBeCloseTo(matrix.reduce((sum, row, i) => sum + (row[i] as number), 0) / 1000, 6);
    // What was said of the last epoch, of the same images.
    const { history } = JSON.parse(await readFile(join(clothes, 'history.json'), 'utf8')) as { history: Record<string, number[]> };
    expect(result.accuracy).toBeCloseTo(history.val_accuracy?.[0] as number, 6);
    expect(result.loss).toBeCloseTo(history.val_loss?.[0] as number, 4);
  });

  it('says that the sample has no test part of its own', async () => {
    await expect(evaluate({ model: clothes, sample: true, split: 'test' })).rejects.toThrow(
      'these data have no test part that training and validation did not see; use --split validation',
    );
  });

  it('judges on test images, as a table that fits 80 columns', async () => {
    const { code, out } = await jogak(['evaluate', '--model', clothes, '--data', await sampleFolder()]);
    expect(code).toBe(0);
    expect(out).toContain('on 1,000 samples of the test part; backend simd on 2 threads\naccuracy 0.');
    expect(out).toContain('9 Ankle boot');
    for (const line of out.split('\n').slice(2)) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("one's own data", () => {
  it('trains on a table, judges and classifies its rows', async () => {
    const [table, run] = [await writeTable(join(folder, 'table.csv')), join(folder, 'table')];
    await jogak(['train', '--csv', table, '--label', 'kind', '--epochs', '40', '--train-samples', '45', '--out', run]);
    const [result] = events((await jogak(['evaluate', '--model', run, '--data', table, '--json'])).out) as [
      { samples: number; accuracy: number; split: string; trainedOn: number },
    ];
    expect(result).toMatchObject({ split: 'all', samples: 60, trainedOn: 45 });
    expect(result.accuracy).toBeGreaterThan(0.7);
    expect((await jogak(['evaluate', '--model', join(run, 'model.json'), '--data', table])).out).toContain(
      `on all 60 samples of ${table}, of which it was trained on 45; backend`,
    );
    const other = await writeTable(join(folder, 'other.csv'), 30);
    expect((await jogak(['evaluate', '--model', run, '--data', other])).out).toContain(`on all 30 samples of ${other}; backend`);
    const rows = await classes(run, table);
    expect(rows.length).toBe(60);
    expect(rows[0]?.[0]?.class).toBe('x');
    expect((await classes(run, `${table}#2`))[0]?.[0]?.class).toBe('z');
  });

  it('trains on texts, and classifies others', async () => {
    const [texts, run] = [await writeTexts(join(folder, 'texts.csv')), join(folder, 'texts')];
    await jogak(['train', '--csv', texts, '--epochs', '8', '--out', run]);
    const [good, bad] = await classes(run, 'a good, fine film', 'it was bad and dull');
    expect([good?.[0]?.class, bad?.[0]?.class]).toEqual(['pos', 'neg']);
    expect((await classes(run, texts)).length).toBe(40);
    expect((await jogak(['predict', '--model', run, 'xyzzy'])).err).toBe(
      'jogak: "xyzzy": the model knows none of its words. It reads texts, text files and CSV files\n',
    );
    expect((await classes(run, `${texts}#3`))[0]?.[0]?.class).toBe('neg');
    // Files of any name, and what is no text.
    const [review, zeros, latin] = ['review.md', 'good', 'fine'].map(name => join(folder, name)) as [string, string, string];
    await writeFile(review, 'it was bad and dull');
    await writeFile(zeros, 'good\0');
    await writeFile(latin, Uint8Array.of(0x67, 0xfc, 0x74));
    expect((await classes(run, review))[0]).toEqual(bad);
    const reading = 'the model reads texts, text files and CSV files';
    for (const input of [zeros, latin])
      await expect(predict({ model: run, inputs: [input] })).rejects.toThrow(`${input} is no text in UTF-8; ${reading}`);
    await expect(predict({ model: run, inputs: [folder] })).rejects.toThrow(`${folder} is a folder; ${reading}`);
  });

  it('trains on folders of images, and judges what it held back', async () => {
    const [own, run] = [await writeImages(join(folder, 'own')), join(folder, 'own-run')];
    await jogak(['train', '--images', own, '--epochs', '2', '--image-size', '8', '--out', run]);
    const judged = await jogak(['evaluate', '--model', run, '--data', own, '--split', 'validation', '--json']);
    expect(events(judged.out)[0]).toMatchObject({ split: 'validation', samples: 4, classNames: ['bright', 'dark'] });
    const whole = async (): Promise<unknown> => events((await jogak(['evaluate', '--model', run, '--data', own, '--json'])).out)[0];
    expect(await whole()).toMatchObject({ split: 'all', samples: 20, trainedOn: 16 });
    expect((await classes(run, join(own, 'dark', '3.png'))).length).toBe(1);
    // What has come since may have been split otherwise.
    await copyFile(join(own, 'dark', '3.png'), join(own, 'dark', 'later.png'));
    expect(await whole()).toMatchObject({ split: 'all', samples: 21, trainedOn: null });
  });
});

describe('jogak summary', () => {
  it('prints the table of a recipe and of a run, each with its number of parameters', async () => {
    for (const network of ['fashion-cnn', clothes]) {
      const { code, out } = await jogak(['summary', network]);
      expect(code).toBe(0);
      expect(out).toContain(' Total params: 197,210');
    }
  });

  it('says what there is', async () => {
    const message = 'there is no recipe and no model "fashion-cm"; did you mean "fashion-cnn"?';
    await expect(summary({ network: 'fashion-cm' })).rejects.toMatchObject({ code: 'data-missing', message });
  });
});

describe('jogak plot', () => {
  it('draws the same picture again', async () => {
    const picture = join(clothes, 'history.svg');
    const first = await readFile(picture, 'utf8');
    await rm(picture);
    const { code, out } = await jogak(['plot', clothes]);
    expect(code).toBe(0);
    expect(out).toContain(picture);
    expect(await readFile(picture, 'utf8')).toBe(first);
    await rm(picture);
    expect(await jogak(['plot', join(clothes, 'history.json')])).toMatchObject({ code: 0, out });
    expect(await readFile(picture, 'utf8')).toBe(first);
  });

  it('says that a history is damaged', async () => {
    const path = join(folder, 'history.json');
    await writeFile(path, '{"epoch": [1');
    await expect(plot({ run: folder })).rejects.toThrow(`${path} is truncated or corrupted: it is not JSON`);
    await writeFile(path, '{"epoch": [1, 2], "history": {"loss": [0.5]}}');
    await expect(plot({ run: folder })).rejects.toThrow(`${path} is no history of a run: `);
  });
});

describe('jogak data', () => {
  it('lists the data sets', async () => {
    const { code, out } = await jogak(['data', 'list', '--json']);
    expect(code).toBe(0);
    expect(events(out).map(({ name, sample }) => [name, sample])).toEqual([
      ['fashion-mnist', true],
      ['mnist', false],
      ['imdb', false],
      ['spam', true],
    ]);
  });

  it.runIf(hasDebianFiles)('verifies formats, counts and checksums, of recompressed files too', async () => {
    const { code, out } = await jogak(['data', 'verify', 'fashion-mnist', '--data', debianFiles]);
    expect({ code, out }).toEqual({ code: 0, out: 'fashion-mnist: formats, counts and checksums are right\n' });
  });

  it('says of files that are whole, but not the published ones, that they are not: an error only where a download should be', async () => {
    const data = await sampleFolder();
    const given = await jogak(['data', 'verify', 'fashion-mnist', '--data', data, '--json']);
    expect(given.code).toBe(0);
    const problem = expect.stringContaining('not what was published (SHA-256)') as string;
    expect(events(given.out)).toEqual([{ event: 'data', name: 'fashion-mnist', status: 'changed', problem }]);
    const cache = join(folder, 'cache');
    await mkdir(join(cache, 'fashion-mnist'), { recursive: true });
    for (const file of fashionMnistSample.files)
      await writeFile(join(cache, 'fashion-mnist', `${file}.gz`), gzipSync(await fashionMnistSample.read(file)));
    const downloaded = await jogak(['data', 'verify', 'fashion-mnist', '--json'], { env: { JOGAK_CACHE_DIR: cache } });
    expect(downloaded.code).toBe(1);
    expect(events(downloaded.out)).toEqual([{ event: 'data', name: 'fashion-mnist', status: 'damaged', problem }]);
  });

  it('fails for a data set that is named and missing', async () => {
    const { code, out } = await jogak(['data', 'verify', 'imdb'], { env: { JOGAK_CACHE_DIR: join(folder, 'empty') } });
    expect({ code, out }).toEqual({ code: 1, out: 'imdb: missing: fetch it with: jogak data fetch imdb\n' });
  });
});
