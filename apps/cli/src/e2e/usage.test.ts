import { writeFile } from 'node:fs/promises';
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

  it.each([
    [['nonsense', '--json=false'], 'there is no command "nonsense"; there are: train, evaluate, predict, summary, data, plot, reproduce'],
    [['completion', 'zsh'], 'jogak completion takes no arguments: it prints the script of the shell that SHELL names'],
    [['train', '--resume', '--out', 'nowhere'], 'there is no run in nowhere to go on with; say which, as --out DIR'],
  ])('says of %j what is wrong', async (args, message) => {
    expect(await jogak(args)).toMatchObject({ code: 2, out: '', err: `jogak: ${message}\n` });
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
