import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fashionMnistSample } from '@jogak/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { events, isPosix, jogak, temporaryFolder } from './jogak.testing.js';
import { writeImages, writeTable, writeTexts } from './own-data.testing.js';

let folder = '';
let table = '';
beforeAll(async () => {
  folder = await temporaryFolder();
  table = await writeTable(join(folder, 'table.csv'));
});

/** A folder with the sample's files, one of them changed. */
async function dataWith(name: string, file: string, change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
  const data = join(folder, name);
  await mkdir(data, { recursive: true });
  for (const each of fashionMnistSample.files) {
    const bytes = await fashionMnistSample.read(each);
    await writeFile(join(data, each), each === file ? change(bytes) : bytes);
  }
  return data;
}

describe('what cannot be done', () => {
  it.each([
    ['truncated images', 'train-images-idx3-ubyte', (bytes: Uint8Array) => bytes.subarray(0, 5000), /train-images-idx3-ubyte is truncated/],
    [
      'images that are something else',
      'train-images-idx3-ubyte',
      () => new TextEncoder().encode('<html>not found</html>'),
      /train-images-idx3-ubyte is not an IDX file/,
    ],
    [
      'a label out of range',
      'train-labels-idx1-ubyte',
      (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => (i === 8 ? 10 : byte)),
      /train-labels-idx1-ubyte: label 0 is 10; there are classes 0 to 9/,
    ],
  ])('says of %s what is wrong, in one sentence', async (name, file, change, expected) => {
    const data = await dataWith(name.replaceAll(' ', '-'), file, change);
    const { code, out, err } = await jogak(['train', 'fashion-cnn', '--data', data, '--out', join(folder, 'none')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^jogak: [^\n]*\n$/);
    expect(err).toMatch(expected);
  });

  it('leaves no folder behind, and an earlier run as it was, when there are no data', async () => {
    const missing = join(folder, 'nowhere');
    expect((await jogak(['train', '--images', missing, '--out', join(folder, 'no-run')])).code).toBe(1);
    expect(await readdir(folder)).not.toContain('no-run');
    const earlier = join(folder, 'earlier');
    await mkdir(earlier);
    await writeFile(join(earlier, 'model.json'), 'kept');
    expect((await jogak(['train', '--images', missing, '--out', earlier, '--overwrite'])).code).toBe(1);
    expect(await readFile(join(earlier, 'model.json'), 'utf8')).toBe('kept');
  });

  it('looks for data where it is told, and nowhere else', async () => {
    const { code, out } = await jogak(['train', 'fashion-cnn', '--data', folder, '--out', join(folder, 'none'), '--json']);
    expect(code).toBe(1);
    expect(events(out)).toEqual([
      {
        event: 'error',
        code: 'data-missing',
        message: expect.stringContaining(`${folder}, has no train-images`.replace(',', '')) as string,
      },
    ]);
  });

  it('ends when the loss is no number, saying where that began', async () => {
    const csv = join(folder, 'huge.csv');
    await writeFile(csv, (await readFile(table, 'utf8')).replace('\n0,0,x', '\n1e39,0,x'));
    const { code, err } = await jogak(['train', '--csv', csv, '--out', join(folder, 'nan')]);
    expect(code).toBe(1);
    expect(err).toMatch(/^jogak: the loss is NaN at step 0: the inputs hold NaN or infinite numbers\. [^\n]*\n$/);
  });

  it.each([
    ['semicolons.csv', 'a;b;kind\n1;2;x\n', ' separates its columns by semicolons; save it with commas, and numbers with points'],
    ['unlabelled.csv', '0,0,\n', ': the column "kind" has empty cells; give each row its class, or take the row away'],
    [
      'gap.csv',
      ',0,x\n',
      ': columns must all be numbers, or one text, beside the label; "a" is not numbers (some cells are empty): take it away, or make numbers of it',
    ],
    [
      'word.csv',
      'many,0,x\n',
      ': columns must all be numbers, or one text, beside the label; "a" is not numbers (a cell holds "many"): take it away, or make numbers of it',
    ],
  ])('says what is wrong with the table %s', async (name, text, expected) => {
    const csv = join(folder, name);
    await writeFile(csv, text.startsWith('a') ? text : (await readFile(table, 'utf8')) + text);
    const { code, out, err } = await jogak(['train', '--csv', csv, '--out', join(folder, 'none')]);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: `jogak: ${csv}${expected}\n` });
  });

  it('says which path is a folder, where a table is needed', async () => {
    const { code, err } = await jogak(['train', '--csv', folder, '--out', join(folder, 'none')]);
    expect({ code, err }).toEqual({ code: 1, err: `jogak: ${folder} is a folder; a CSV file is needed\n` });
  });

  it('says how many samples it takes for some to validate', async () => {
    const images = await writeImages(join(folder, 'two'), 1);
    const { code, err } = await jogak(['train', '--images', images, '--out', join(folder, 'none')]);
    const message = `${images} has 2 samples, and a fifth of them validates: 3 or more are needed, and many more to learn from`;
    expect({ code, err }).toEqual({ code: 1, err: `jogak: ${message}\n` });
  });

  it('says that a table to classify has no rows, that a text file is not there, and which file of a model is missing', async () => {
    const [tables, texts] = [join(folder, 'tables'), join(folder, 'texts')];
    const short = ['--epochs', '1', '--out'];
    await jogak(['train', '--csv', table, ...short, tables]);
    await jogak(['train', '--csv', await writeTexts(join(folder, 'texts.csv')), ...short, texts]);
    const header = join(folder, 'header.csv');
    await writeFile(header, 'a,b,kind\n');
    expect(await jogak(['predict', '--model', tables, header])).toMatchObject({
      code: 1,
      out: '',
      err: `jogak: ${header} has no rows but the names of its columns\n`,
    });
    expect(await jogak(['predict', '--model', texts, 'missing.txt'])).toMatchObject({
      code: 1,
      err: 'jogak: there is no file missing.txt; the model reads texts, text files and CSV files\n',
    });
    const [weights] = (await readdir(tables)).filter(name => name.endsWith('.bin')) as [string];
    await rm(join(tables, weights));
    const { code, err } = await jogak(['predict', '--model', tables, table]);
    expect(code).toBe(1);
    expect(err).toContain(weights);
  });

  it('shows the stack to those who ask for it', async () => {
    const { err } = await jogak(['plot', folder], { env: { JOGAK_DEBUG: '1' } });
    expect(err).toMatch(/^jogak: there is no .*history\.json.*\n.*Error: .*\n\s+at /);
  });

  it.runIf(isPosix)('says that files may not be that large, or the disk is full', async () => {
    const run = ['train', 'fashion-cnn', '--sample', '--train-samples', '32', '--epochs', '1', '--out', join(folder, 'full')];
    const { code, err } = await jogak(run, { shell: 'ulimit -f 300' });
    expect(code).toBe(1);
    expect(err).toMatch(/^jogak: [^\n]*weights[^\n]* cannot be written: [^\n]*\n$/);
  });

  it('says that the folder of a run cannot be made', async () => {
    const file = join(folder, 'file');
    await copyFile(table, file);
    for (const out of [file, join(file, 'inside')]) {
      const { code, err } = await jogak(['train', '--csv', table, '--out', out]);
      expect(code).toBe(1);
      expect(err).toMatch(new RegExp(`^jogak: ${out.replaceAll('\\', '.')}: [^\\n]*\\((EEXIST|ENOTDIR)\\)\\n$`));
    }
  });

  it.runIf(process.platform === 'linux')('says that its output cannot be written', async () => {
    const { code, err } = await jogak(['data', 'list'], { shell: 'exec >/dev/full' });
    expect(code).toBe(1);
    expect(err).toMatch(/^jogak: the output cannot be written: the disk is full; [^\n]*\n$/);
  });

  it.runIf(process.platform === 'linux')('gives up where the system makes no folders', async () => {
    const { code, err } = await jogak(['train', '--csv', table, '--out', '/proc/jogak']);
    expect({ code, err }).toEqual({ code: 1, err: 'jogak: /proc/jogak: there is no such file or folder (ENOENT)\n' });
  });
});
