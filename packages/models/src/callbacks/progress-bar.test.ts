import { ConfigError } from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logs } from '../engine/logs.js';
import { type ProgressBarOptions, progressBar } from './progress-bar.js';
import { fourDigits } from './progress-line.js';
import { network, x, y } from './runs.testing.js';
import { Screen } from './screen.testing.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('CI', '');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const figures: Logs = { loss: 0.4387, accuracy: 0.84432 };
const judged: Logs = { ...figures, val_loss: 0.34996, val_accuracy: 0.875 };

interface Epoch {
  steps?: number;
  known?: boolean;
  milliseconds?: number;
  epoch?: number;
  until?: number;
  logs?: Logs;
}

/** An epoch of a run as `fit` tells of it; `until` breaks it off after so many steps. */
function run(
  given: ProgressBarOptions,
  { steps = 1500, known = true, milliseconds = 7, epoch = 0, until = steps, logs = judged }: Epoch = {},
): void {
  const bar = progressBar(given);
  bar.attach(network(), { epochs: 2, initialEpoch: epoch, steps: known ? steps : null, samples: null });
  bar.onTrainBegin();
  bar.onEpochBegin(epoch);
  for (let step = 0; step < until; step++) {
    vi.advanceTimersByTime(milliseconds);
    bar.onBatchEnd(step, figures);
  }
  if (until < steps) {
    // Long enough for the line to be drawn anew.
    vi.advanceTimersByTime(100);
    return;
  }
  vi.advanceTimersByTime(500);
  bar.onEpochEnd(epoch, logs);
  bar.onTrainEnd(logs);
}

const bar = '━'.repeat(20);

describe('progressBar on a terminal', () => {
  it('ends an epoch as Keras does', () => {
    const stream = new Screen(120);
    run({ stream });
    expect(stream.lines).toEqual([
      'Epoch 1/2',
      `1500/1500 ${bar} 11s 7ms/step - accuracy: 0.8443 - loss: 0.4387 - val_accuracy: 0.8750 - val_loss: 0.3500`,
      '',
    ]);
  });

  it('shows the time left while it runs, from the steps of this run', () => {
    const stream = new Screen(120);
    // The second epoch of two, as after a resume.
    run({ stream }, { epoch: 1, until: 600, milliseconds: 100 });
    expect(stream.lines).toEqual([
      'Epoch 2/2',
      expect.stringMatching(/^ 600\/1500 ━{8}─{12} 1:30 100ms\/step - accuracy: 0\.8443 - loss: 0\.4387$/),
    ]);
  });

  it.each([40, 80, 120])('wraps no line and adds none while it runs, on %d columns', columns => {
    const stream = new Screen(columns);
    run({ stream }, { until: 1499 });
    expect(stream.lines).toHaveLength(2);
    expect(stream.wrapped).toBe(0);
    const finished = new Screen(columns);
    run({ stream: finished });
    expect(finished.wrapped).toBe(0);
    expect(
      finished.lines
        .slice(1)
        .join(' ')
        .match(/[\w_]+: [\d.]+/g),
    ).toEqual(['accuracy: 0.8443', 'loss: 0.4387', 'val_accuracy: 0.8750', 'val_loss: 0.3500']);
  });

  it('leaves out what has no room: the bar first, then figures', () => {
    const at = (columns: number): string => {
      const stream = new Screen(columns);
      run({ stream }, { until: 750 });
      return stream.lines[1] as string;
    };
    expect(at(80)).toBe(' 750/1500 ━━━━━━━━━━────────── 5s 7ms/step - accuracy: 0.8443 - loss: 0.4387');
    expect(at(70)).toBe(' 750/1500 ━━━━━━━────── 5s 7ms/step - accuracy: 0.8443 - loss: 0.4387');
    expect(at(60)).toBe(' 750/1500 5s 7ms/step - accuracy: 0.8443 - loss: 0.4387');
    expect(at(40)).toBe(' 750/1500 5s 7ms/step - loss: 0.4387');
    expect(at(30)).toBe(' 750/1500 ━━━━─── 5s 7ms/step');
    expect(at(20)).toBe(' 750/1500 5s 7ms/st');
  });

  it('ends its line when training is broken off, and leaves the terminal as it was', async () => {
    vi.useRealTimers();
    const stream = new Screen(80);
    const failing = { onBatchEnd: (batch: number) => (batch === 1 ? Promise.reject(new Error('broken')) : undefined) };
    await expect(network().fit(x, y, { batchSize: 2, callbacks: [progressBar({ stream }), failing] })).rejects.toThrow('broken');
    stream.write('$');
    expect(stream.lines).toEqual(['Epoch 1/1', expect.stringMatching(/^2\/3 ━{13}─{7} \d/), '$']);
    expect(stream.modes.size).toBe(0);
  });

  it('never hides the cursor, so that a killed process leaves it', () => {
    const stream = new Screen(80);
    const write = vi.spyOn(stream, 'write');
    run({ stream }, { until: 10 });
    expect(stream.modes.size).toBe(0);
    expect(write.mock.calls.join('')).not.toContain('\u001b[?25l');
  });

  it('counts steps whose number is not known', () => {
    const stream = new Screen(80);
    run({ stream }, { known: false, steps: 30, until: 20 });
    expect(stream.lines[1]).toMatch(/^20\/Unknown 0s 7ms\/step - accuracy/);
    const finished = new Screen(120);
    run({ stream: finished }, { known: false, steps: 30 });
    expect(finished.lines[1]).toMatch(/^30\/30 ━{20} 1s 7ms\/step - accuracy/);
  });
});

describe('progressBar off a terminal', () => {
  const plain = () => {
    const written: string[] = [];
    return { written, stream: { write: (text: string) => written.push(text), columns: 120 } };
  };
  const lines = [
    'Epoch 1/2\n',
    `1500/1500 ${bar} 11s 7ms/step - accuracy: 0.8443 - loss: 0.4387 - val_accuracy: 0.8750 - val_loss: 0.3500\n`,
  ];

  it('is two lines an epoch', () => {
    const { stream, written } = plain();
    run({ stream });
    expect(written).toEqual(lines);
  });

  it('and where CI=true, or when asked for', () => {
    vi.stubEnv('CI', 'true');
    const automated = new Screen(120);
    run({ stream: automated });
    expect(automated.lines.slice(0, 2).map(line => `${line}\n`)).toEqual(lines);
    vi.stubEnv('CI', '');
    const asked = new Screen(120);
    const write = vi.spyOn(asked, 'write');
    run({ stream: asked, mode: 'plain' });
    expect(write.mock.calls.flat()).toEqual(lines);
  });

  it('says nothing with mode none, and takes columns that are told', () => {
    const { stream, written } = plain();
    run({ stream, mode: 'none' });
    expect(written).toEqual([]);
    run({ stream, columns: 50 });
    expect(written).toEqual([
      'Epoch 1/2\n',
      '1500/1500 11s 7ms/step - accuracy: 0.8443\n',
      '    - loss: 0.4387 - val_accuracy: 0.8750\n',
      '    - val_loss: 0.3500\n',
    ]);
  });

  it('refuses options that there are not', () => {
    expect(() => progressBar({ mode: 'bars' as never })).toThrow(
      new ConfigError('progressBar: mode must be "bar" or "plain" or "none"; got "bars"'),
    );
    expect(() => progressBar({ stream: 3 as never })).toThrow(
      new ConfigError('progressBar: stream must be a stream to write to, such as process.stderr; got 3'),
    );
  });
});

describe('fourDigits', () => {
  it.each([
    [0.84432, '0.8443'],
    [1e-5, '1.000e-5'],
    [0.0012345, '0.001234'],
    [12.3456, '12.35'],
    [9999.7, '1.000e+4'],
    [1, '1.000'],
    [-0.5, '-0.5000'],
    [0, '0'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%d is %s', (value, text) => expect(fourDigits(value)).toBe(text));
});
