import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { events, isPosix, jogak, temporaryFolder } from './jogak.testing.js';
import { writeTable } from './own-data.testing.js';

let folder = '';
let run: string[] = [];
beforeAll(async () => {
  folder = await temporaryFolder();
  run = ['train', '--csv', await writeTable(join(folder, 'table.csv')), '--epochs', '100000'];
});

/** Sends a signal once the third epoch is done. */
const afterThree = (name: NodeJS.Signals) => {
  let sent = false;
  return (out: string, child: { kill(name: NodeJS.Signals): boolean }): void => {
    if (sent || !/"epoch":3,|Epoch 4\//.test(out)) return;
    sent = true;
    child.kill(name);
  };
};

describe.runIf(isPosix)('a run that is stopped', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('saves a checkpoint on %s, says in one line how to go on, and exits with %i', async (name, expected) => {
    const out = join(folder, name);
    const { code, signal, err } = await jogak([...run, '--out', out], { onOutput: afterThree(name) });
    expect({ code, signal }).toEqual({ code: expected, signal: null });
    const done = Number(/^jogak: stopped after epoch (\d+) of 100000; go on with: jogak train --out \S+ --resume\n$/.exec(err)?.[1]);
    expect(done).toBeGreaterThanOrEqual(3);
    const history = JSON.parse(await readFile(join(out, 'history.json'), 'utf8')) as { epoch: number[] };
    expect(history.epoch.at(-1)).toBe(done);
    const resumed = await jogak(['train', '--out', out, '--resume', '--epochs', String(done + 1), '--json']);
    expect(events(resumed.out).find(event => event.event === 'epoch')).toMatchObject({ epoch: done + 1, epochs: done + 1 });
  });

  it('saves the last epoch that was done, also where checkpoints are rarer', async () => {
    const out = join(folder, 'rare');
    const { err } = await jogak([...run, '--out', out, '--checkpoint-every', '1000'], { onOutput: afterThree('SIGINT') });
    const done = Number(/after epoch (\d+)/.exec(err)?.[1]);
    const resumed = await jogak(['train', '--out', out, '--resume', '--epochs', String(done + 1)]);
    expect(resumed.out).toContain(`Epoch ${done + 1}/${done + 1}\n`);
    expect(resumed.out).not.toContain(`Epoch ${done}/`);
  });

  it('ends its events with one that says so', async () => {
    const { code, out, err } = await jogak([...run, '--out', join(folder, 'events'), '--json'], { onOutput: afterThree('SIGINT') });
    expect({ code, err }).toEqual({ code: 130, err: '' });
    expect(events(out).at(-1)).toEqual({
      event: 'error',
      code: 'aborted',
      message: expect.stringMatching(/^stopped after epoch \d+ of 100000; go on with: jogak train --out \S+ --resume$/) as string,
    });
  });

  it('ends at once on a second signal', async () => {
    const signals = (out: string, child: { kill(name: NodeJS.Signals): boolean }): void => {
      if (!out.includes('Epoch 1/')) return;
      child.kill('SIGINT');
      child.kill('SIGTERM');
    };
    const { code, err } = await jogak([...run, '--out', join(folder, 'twice')], { onOutput: signals });
    // Which of two that come together is the second is the system's to say.
    expect([130, 143]).toContain(code);
    expect(err).toBe('');
  });
});

describe('output that nobody reads to its end', () => {
  it('ends short commands quietly, with success', async () => {
    const close = (_out: string, child: { stdout?: { destroy(): void } | null }): void => child.stdout?.destroy();
    expect(await jogak(['data', 'list'], { onOutput: close })).toMatchObject({ code: 0, err: '' });
  });

  it('ends training quietly, with failure and a checkpoint', async () => {
    const out = join(folder, 'pipe');
    const close = (_out: string, child: { stdout?: { destroy(): void } | null }): void => child.stdout?.destroy();
    expect(await jogak([...run, '--out', out, '--json'], { onOutput: close })).toMatchObject({ code: 1, err: '' });
    expect((await jogak(['train', '--out', out, '--resume', '--max-time', '0.1'])).code).toBe(0);
  });
});
