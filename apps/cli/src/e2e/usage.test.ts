import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../commands/index.js';
import { events, jogak, temporaryFolder } from './jogak.testing.js';

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});

describe('the program', () => {
  it('says its version', async () => {
    expect(await jogak(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n', err: '' });
  });

  it('names its commands in its help', async () => {
    const { code, out } = await jogak(['--help']);
    expect(code).toBe(0);
    for (const { name } of commands) expect(out).toContain(`jogak ${name}`);
    expect(out).toContain('jogak completion');
  });

  it('exits with 2 on wrong usage, and says so as an event where programs read', async () => {
    const { code, out, err } = await jogak(['train', 'fashion-cnn', '--epochs', 'minus', '--json']);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(events(out)).toEqual([{ event: 'error', code: 'usage', message: '--epochs must be a positive integer; got "minus"' }]);
  });

  it('exits with 2 on a wrong config file', async () => {
    const config = join(folder, 'wrong.json');
    await writeFile(config, '{"recipe": "fashion-cnn", "epoch": 3}');
    expect(await jogak(['train', '--config', config])).toMatchObject({
      code: 2,
      out: '',
      err: `jogak: ${config}: there is no option "epoch"; did you mean "epochs"?\n`,
    });
  });

  it.each<[string[], string, number?]>([
    [['nonsense', '--json=false'], 'there is no command "nonsense"; there are: train, evaluate, predict, summary, data, plot, reproduce'],
    [['train', 'fashion-cnn', '--data', 'nowhere'], '--data nowhere: there is no such folder', 1],
    [['data', 'verify', 'imdb', '--data', 'nowhere'], '--data nowhere: there is no such folder', 1],
    [['evaluate', '--model', 'nowhere', '--threads', '65'], '--threads must be a whole number from 1 to 64; got 65'],
    [['completion', 'zsh'], 'jogak completion takes no arguments: it prints the script of the shell that SHELL names'],
    [['train', '--resume', '--out', 'nowhere'], 'there is no run in nowhere to go on with; say which, as --out DIR'],
  ])('says of %j what is wrong', async (args, message, expected = 2) => {
    expect(await jogak(args)).toMatchObject({ code: expected, out: '', err: `jogak: ${message}\n` });
  });

  it.each(['--help', '-h'])('explains jogak completion %s', async flag => {
    const { code, out } = await jogak(['completion', flag]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: jogak completion\n/);
  });

  it('says that a clone has to be built first', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await copyFile(new URL('../../bin/jogak.js', import.meta.url), join(bin, 'jogak.mjs'));
    const { status, stderr } = spawnSync(process.execPath, [join(bin, 'jogak.mjs'), '--help'], { encoding: 'utf8' });
    const message = 'jogak: not built yet: run npm run quickstart, or npx turbo run build --filter=@jogak/cli, first\n';
    expect({ status, stderr }).toEqual({ status: 1, stderr: message });
  });

  it('prints a script for shells, which asks it for words', async () => {
    const { code, out } = await jogak(['completion'], { env: { SHELL: '/bin/bash' } });
    expect(code).toBe(0);
    expect(out).toContain('complete -o bashdefault');
    const words = async (...typed: string[]): Promise<string[]> =>
      (await jogak(['--get-yargs-completions', 'jogak', ...typed])).out.trim().split('\n');
    expect(await words('train', 'imdb')).toEqual(['imdb-rnn', 'imdb-embedding-rnn', 'imdb-lstm']);
    expect(await words('data', 'v')).toEqual(['verify']);
    expect(await words('reproduce', 'imdb-rnn', 'spam')).toEqual(['spam-lstm']);
    expect(await words('train', 'imdb-lstm', '--ep')).toContain('--epochs');
  });
});
