import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostArray } from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { csv, inspectCsv } from './csv.js';
import type { CsvOptions, CsvSample } from './csv-rows.js';

const load = (text: string, options: CsvOptions = {}): Promise<CsvSample[]> => csv({ text }, options).toArray();
const row = (...values: number[]) => hostArray(Float32Array.from(values));

describe('csv', () => {
  it('reads numbers, and what is to be predicted', async () => {
    expect(await load('rooms,area,price\n3, 71.5,200\n4,90,3e2\n', { label: 'price' })).toEqual([
      { x: row(3, 71.5), y: hostArray(Float32Array.of(200), []) },
      { x: row(4, 90), y: hostArray(Float32Array.of(300), []) },
    ]);
    expect(await load('a,b,c\n1,2,x', { columns: ['b', 'a'] })).toEqual([{ x: row(2, 1) }]);
  });

  it('reads texts and classes, and every kind of cell that RFC 4180 knows', async () => {
    const text = '\ufeffbody,kind\r\n"He said ""hi"",\r\nand left",spam\r\n\r\nbye,ham\r\n';
    const bytes = new TextEncoder().encode(text);
    const options = { text: 'body', label: 'kind', classNames: ['ham', 'spam'] };
    const expected = [
      { x: 'He said "hi",\r\nand left', y: hostArray(Int32Array.of(1), []) },
      { x: 'bye', y: hostArray(Int32Array.of(0), []) },
    ];
    // However the bytes come.
    for (const step of [1, 2, 7, 1000]) {
      const pieces = async function* () {
        for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
      };
      expect(await csv(pieces, options).toArray()).toEqual(expected);
    }
    expect(await csv(new Blob([bytes]), options).toArray()).toEqual(expected);
  });

  it('takes names of columns, and another delimiter', async () => {
    expect(await load('1;2', { columnNames: ['a', 'b'], delimiter: ';', label: 'b' })).toEqual([
      { x: row(1), y: hostArray(Float32Array.of(2), []) },
    ]);
  });

  it('becomes batches', async () => {
    const batches = await csv({ text: 'a,b,y\n1,2,0\n3,4,1\n' }, { label: 'y', classNames: ['0', '1'] })
      .batch(2)
      .toArray();
    expect(batches).toEqual([{ x: hostArray(Float32Array.of(1, 2, 3, 4), [2, 2]), y: hostArray(Int32Array.of(0, 1)) }]);
  });

  it('names row and column of what is wrong', async () => {
    await expect(load('a,b\n1,2\n3,x')).rejects.toThrow('the text, row 3, column "b": "x" is not a number');
    await expect(load('a,b\n1,')).rejects.toThrow('the text, row 2, column "b": "" is not a number');
    await expect(load('a,b\n1,2\n\n3')).rejects.toThrow('the text, row 4 has 1 cells; there are 2 columns: a, b');
    await expect(load('a,b\n1,2', { label: 'bb' })).rejects.toThrow('the text has no column "bb"; did you mean "b"?');
    await expect(load('a,k\n1,cat', { label: 'k', classNames: ['dog', 'cow'] })).rejects.toThrow(
      'the text, row 2, column "k": "cat" is no class; there are dog, cow',
    );
    await expect(load('a,b\n1,"2')).rejects.toThrow('the text, row 2: quoted field unterminated');
    await expect(load('a,b\n1,"2"x\n')).rejects.toThrow('the text, row 2: trailing quote on quoted field is malformed');
    await expect(load('')).rejects.toThrow('the text is empty: expected a row with the names of the columns');
    await expect(
      csv(async function* () {
        yield Uint8Array.of(0xff, 0xfe, 0x41);
      }, {}).toArray(),
    ).rejects.toThrow('the text is not text in UTF-8; save it as that');
  });

  it('checks its options', () => {
    expect(() => csv({ text: '' }, { labels: 'a' } as object)).toThrow('csv: there is no option "labels"; did you mean "label"?');
    expect(() => csv({ text: '' }, { text: 'a', columns: ['b'] })).toThrow('csv: x is a text or columns of numbers; got both');
    expect(() => csv({ text: '' }, { classNames: ['b'] })).toThrow('csv: classNames needs a label column');
    expect(() => csv({ text: '' }, { delimiter: '' })).toThrow('csv: delimiter must be one character; got ""');
  });
});

describe('csv, of a file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jogak-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('streams it, and closes it when the loop is left', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, `a,b\n${Array.from({ length: 100_000 }, (_, i) => `${i},${2 * i}\n`).join('')}`);
    let rows = 0;
    for await (const { x } of csv(path, {})) {
      expect((x as { data: Float32Array }).data[1]).toBe(2 * rows);
      if (++rows === 50_000) break;
    }
    if (!existsSync('/proc/self/fd')) return;
    const isOpen = async (): Promise<boolean> => {
      const links = (await readdir('/proc/self/fd')).map(fd => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
      return (await Promise.all(links)).includes(path);
    };
    await vi.waitUntil(async () => !(await isOpen()));
  });

  it('says that there is none', async () => {
    await expect(csv(join(folder, 'no.csv'), {}).toArray()).rejects.toMatchObject({
      name: 'DataError',
      code: 'data-missing',
      message: `there is no file ${join(folder, 'no.csv')}`,
    });
  });
});

describe('inspectCsv', () => {
  it('finds rows, classes and scales', async () => {
    expect(await inspectCsv({ text: 'n,kind\n1,b\n2,a\n3,b\n6,b\n' })).toEqual({
      rows: 4,
      columns: [
        { name: 'n', numbers: { mean: 3, stddev: Math.sqrt(3.5) }, values: ['1', '2', '3', '6'] },
        { name: 'kind', values: ['a', 'b'] },
      ],
    });
    await expect(inspectCsv({ text: 'a,b\n' })).rejects.toThrow('the text has no rows but the names of its columns');
  });
});
