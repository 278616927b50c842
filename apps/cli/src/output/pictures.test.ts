import { hostArray } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { confusionTable } from './confusion-table.js';
import { curveChart, mainFigure, sparkline, stretch } from './curve-chart.js';
import { sideBySide } from './side-by-side.js';
import { terminalImage } from './terminal-image.js';

/** A text without its colours. */
const plain = (text: string | null): string => (text ?? '').replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
const widest = (text: string): number => Math.max(...text.split('\n').map(line => line.length));

describe('curves in a terminal', () => {
  const epochs = Array.from({ length: 30 }, (_, i) => i + 1);
  const run = {
    epoch: epochs,
    history: { loss: epochs.map(n => 1 / n), accuracy: epochs.map(n => 1 - 1 / n), val_accuracy: epochs.map(() => 0.5) },
  };

  it('fit the width', () => {
    for (const columns of [40, 80, 120]) {
      expect(widest(plain(curveChart(run, columns)))).toBeLessThanOrEqual(columns);
      expect(plain(sparkline(run, columns)).length).toBeLessThanOrEqual(columns);
    }
  });

  it('are of accuracy where there is one, else of the loss, and of two epochs or more', () => {
    expect(mainFigure(run)).toBe('accuracy');
    expect(mainFigure({ epoch: [1], history: { loss: [1], val_loss: [2] } })).toBe('loss');
    expect(curveChart({ epoch: [1], history: { loss: [1] } }, 80)).toBeNull();
    expect(sparkline({ epoch: [1], history: { loss: [1] } }, 80)).toBeNull();
  });

  it('rise from the lowest block to the highest', () => {
    expect(plain(sparkline({ epoch: [1, 2, 3], history: { loss: [3, 2, 1], accuracy: [0.1, 0.2, 0.3] } }, 80))).toBe('accuracy ▁▅█ 0.3000');
  });

  it('keep their ends when they are stretched', () => expect(stretch([0, 1, 4], 5)).toEqual([0, 0.5, 1, 2.5, 4]));
});

describe('a confusion matrix as text', () => {
  it('has a row for each class, with how much of it was found', () => {
    const lines = plain(confusionTable([[8, 2], [0, 5]], ['ham', 'spam'], 80)).split('\n'); // biome-ignore format: as a matrix reads
    expect(lines.map(line => line.trim().split(/\s+/).slice(-3))).toEqual([
      ['ham', 'spam', 'found'],
      ['8', '2', '80.0', '%'].slice(-3),
      ['0', '5', '100.0', '%'].slice(-3),
    ]);
  });

  it('numbers its columns where their names do not fit', () => {
    const names = Array.from({ length: 10 }, (_, i) => `class number ${i}`);
    const text = plain(confusionTable(names.map((_, i) => names.map((__, j) => (i === j ? 1000 : 0))), names, 80)); // biome-ignore format: one line
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain('7 class number 7');
  });

  it('has nothing to say of a class that does not occur', () => expect(plain(confusionTable([[0, 0], [0, 1]], [], 80))).toContain('–')); // biome-ignore format: as a matrix reads
});

describe('an image as text', () => {
  it('has a shade for each pixel, and half as many lines as columns', () => {
    const image = hostArray(
      Uint8Array.from({ length: 16 }, (_, i) => (i % 4) * 85),
      [4, 4, 1],
    );
    expect(terminalImage(image, 4)).toEqual([' ░▓█', ' ░▓█']);
  });

  it('is black where there is nothing', () => expect(terminalImage(hostArray(new Uint8Array(4), [2, 2, 1]), 2)).toEqual(['  ']));

  it('stands beside others, as many as fit', () => {
    expect(sideBySide([['ab', 'c'], ['d'], ['ef']], 7)).toEqual(['ab   d', 'c', '', 'ef']);
  });
});
