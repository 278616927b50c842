import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getRecipe, referenceResults } from '@jogak/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { planOf } from '../reproducing/plan.js';
import { type RunResult, writeResults } from '../reproducing/results.js';
import { events, isPosix, jogak, temporaryFolder } from './jogak.testing.js';

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});

// On a backend that is slow enough for signals to come in time.
const mails = ['reproduce', 'spam-lstm', '--backend', 'cpu'];

/** Sends a signal at the first event of a kind. */
const afterFirst = (kind: string, name: NodeJS.Signals) => {
  let sent = false;
  return (out: string, child: { kill(name: NodeJS.Signals): boolean }): void => {
    if (sent || !out.includes(`"event":"${kind}"`)) return;
    sent = true;
    child.kill(name);
  };
};

const results = async (out: string): Promise<RunResult[]> =>
  (JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as { runs: RunResult[] }).runs;

describe('jogak reproduce', () => {
  it.runIf(isPosix)('keeps what is finished when it is stopped, and goes on with the rest', async () => {
    const out = join(folder, 'stopped');
    const stopped = await jogak([...mails, '--seeds', '1,2', '--epochs', '1', '--out', out, '--json'], {
      onOutput: afterFirst('run', 'SIGINT'),
    });
    expect([stopped.code, stopped.err]).toEqual([130, '']);
    const [start, epoch, run, error] = events(stopped.out);
    expect(start).toEqual({ event: 'start', recipes: ['spam-lstm'], seeds: [1, 2], runs: 2, done: 0, out });
    expect(epoch).toMatchObject({ event: 'epoch', recipe: 'spam-lstm', seed: 1, epoch: 1, epochs: 1 });
    const { event, ...first } = run as { event: string };
    expect(event).toBe('run');
    expect(error).toEqual({
      event: 'error',
      code: 'aborted',
      message: `stopped after 1 of 2 runs; go on with: jogak reproduce --out ${out} --resume`,
    });
    expect(await results(out)).toEqual([first]);

    const resumed = await jogak(['reproduce', '--out', out, '--resume', '--json']);
    expect(resumed.code).toBe(0);
    expect(events(resumed.out).map(({ event, seed }) => [event, seed])).toEqual([
      ['start', undefined],
      ['epoch', 2],
      ['run', 2],
      ['result', undefined],
      ['end', undefined],
    ]);
    expect(events(resumed.out)[3]).toMatchObject({
      recipe: 'spam-lstm',
      runs: 2,
      met: null,
      shortened: true,
      test: null,
      keras: referenceResults['spam-lstm']?.keras,
      course: null,
    });
    const both = await results(out);
    expect(both.map(({ seed, validation }) => [seed, validation.length])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(both[0]).toEqual(first);
    expect((await readdir(join(out, 'spam-lstm', 'seed-2'))).sort()).toEqual(expect.arrayContaining(['history.json', 'model.json']));
  });

  it.runIf(isPosix)('goes on within a run that was stopped', async () => {
    const out = join(folder, 'within');
    const stopped = await jogak([...mails, '--seeds', '3', '--epochs', '2', '--out', out, '--json'], {
      onOutput: afterFirst('epoch', 'SIGTERM'),
    });
    expect(stopped.code).toBe(143);
    expect(await results(out)).toEqual([]);
    const resumed = await jogak(['reproduce', '--out', out, '--resume', '--json']);
    expect(events(resumed.out).filter(({ event }) => event === 'epoch')).toMatchObject([{ seed: 3, epoch: 2, epochs: 2 }]);
    expect((await results(out))[0]?.validation).toHaveLength(2);
  });

  it('leaves nothing behind when the data are not there', async () => {
    const [empty, out] = [join(folder, 'empty'), join(folder, 'none')];
    await mkdir(empty);
    const { code, err } = await jogak(['reproduce', 'spam-lstm', 'imdb-lstm', '--data', empty, '--out', out]);
    expect(code).toBe(1);
    expect(err).toMatch(/^jogak: imdb: .*\n$/);
    expect(await readdir(folder)).not.toContain('none');
  });

  /** Five runs of imdb-lstm that end at these accuracies. */
  async function finished(name: string, accuracies: readonly number[]): Promise<string> {
    const out = join(folder, name);
    const machine = { processor: 'P', cores: 2, backend: 'cpu', threads: 1, node: '20.19.0' };
    const runs = accuracies.map((accuracy, index) => ({
      recipe: 'imdb-lstm',
      seed: index + 1,
      validation: [...Array(getRecipe('imdb-lstm').epochs - 1).fill(0.5), accuracy],
      test: accuracy - 0.01,
      secondsPerEpoch: 1.5,
      machine,
      date: '2026-01-31',
    }));
    await mkdir(out);
    await writeResults(out, runs);
    return out;
  }

  it('says that a recipe reaches the bar, and exits with 0', async () => {
    const out = await finished('met', [0.93, 0.94, 0.95, 0.91, 0.5]);
    const { code, out: text } = await jogak(['reproduce', 'imdb-lstm', '--out', out, '--resume']);
    expect(code).toBe(0);
    expect(text).toMatch(/^ imdb-lstm +0\.9300 0\.\d{4} 0\.\d{4} +met 0\.8372 0\.9200 +0\.\d{4} +1\.50$/m);
    expect(text).toContain('Computed on P, 2 cores; backend cpu, 1 thread; Node 20.19.0.\n');
  });

  it('says that a recipe misses the bar, and exits with 1', async () => {
    const out = await finished('missed', [0.8, 0.8, 0.8, 0.99, 0.99]);
    const { code, out: text } = await jogak(['reproduce', 'imdb-lstm', '--out', out, '--resume']);
    expect(code).toBe(1);
    expect(text).toMatch(/^ imdb-lstm +0\.8000 .* missed /m);
  });
});

describe('what jogak reproduce does not take', () => {
  it.each([
    [{ recipes: ['fashion-cmn'] }, 'there is no recipe "fashion-cmn"; did you mean "fashion-cnn"?'],
    [{ recipes: ['imdb-rnn', 'imdb-rnn'] }, 'imdb-rnn is named twice; name it once'],
    [{ resume: true }, '--resume goes on with the runs in --out: say which, as --out DIR'],
  ])('%j', async (options, message) => {
    await expect(planOf(options)).rejects.toMatchObject({ name: 'UsageError', message });
  });

  it('results that are there, without --resume', async () => {
    const out = join(folder, 'there');
    await mkdir(out);
    await writeResults(out, []);
    await expect(planOf({ out })).rejects.toMatchObject({
      name: 'UsageError',
      message: `there is a ${join(out, 'results.json')}: go on from it with --resume, or name another --out`,
    });
  });

  it('other settings for runs that go on', async () => {
    const out = join(folder, 'fixed');
    await mkdir(out);
    await writeFile(join(out, 'config.json'), '{"recipes": ["spam-lstm"], "seeds": "1,2", "epochs": 1}');
    await expect(planOf({ out, resume: true, epochs: 2 })).rejects.toMatchObject({
      name: 'UsageError',
      message: `the run in ${out} has --epochs 1, not 2: leave it out, or start another run in another --out`,
    });
    const { recipes, seeds } = await planOf({ out, resume: true, seeds: '7' });
    expect({ recipes, seeds }).toEqual({ recipes: ['spam-lstm'], seeds: [7] });
  });

  it('a results.json of something else', async () => {
    const out = join(folder, 'other');
    await mkdir(out);
    const path = join(out, 'results.json');
    await writeFile(path, '{"runs"');
    await expect(planOf({ out })).rejects.toThrow(`${path} is truncated or corrupted: it is not JSON`);
    await writeFile(path, '{"version": 2, "runs": []}');
    await expect(planOf({ out })).rejects.toThrow(`${path} holds no results of jogak reproduce, or those of another version of it`);
  });
});
