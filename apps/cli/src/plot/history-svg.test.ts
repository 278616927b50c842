import { describe, expect, it } from 'vitest';
import type { RunHistory } from '../training/run-history.js';
import { historySvg } from './history-svg.js';

const run: RunHistory = {
  epoch: [1, 2, 3],
  history: { loss: [0.9, 0.5, 0.4], accuracy: [0.6, 0.8, 0.85], val_loss: [0.7, 0.6, 0.65], val_accuracy: [0.7, 0.75, 0.74] },
};

/** Coordinates of the curve of this class in the panel of this index. */
function curve(svg: string, style: string, panel: number): [number, number][] {
  const paths = [...svg.matchAll(new RegExp(`<path class="curve ${style}" d="(M[^"]*L[^"]*)"`, 'g'))].map(match => match[1] as string);
  return (paths[panel] as string)
    .slice(1)
    .split('L')
    .map(point => point.split(',').map(Number) as [number, number]);
}

describe('the picture of a run', () => {
  const svg = historySvg(run, { title: 'fashion-cnn' });

  it('has two panels with labelled axes, and a legend', () => {
    for (const label of ['loss', 'accuracy', 'training', 'validation']) expect(svg).toContain(`>${label}</text>`);
    expect(svg.match(/>epoch<\/text>/g)).toHaveLength(2);
  });

  it('puts larger values higher, and epochs at equal distances', () => {
    const [first, second, third] = curve(svg, 'training', 0) as [[number, number], [number, number], [number, number]];
    expect(second[1]).toBeGreaterThan(first[1]);
    expect(third[0] - second[0]).toBeCloseTo(second[0] - first[0], 1);
    // 0.9 → 0.5 falls four times as far as 0.5 → 0.4.
    expect((second[1] - first[1]) / (third[1] - second[1])).toBeCloseTo(4, 1);
  });

  it('draws training and validation on one scale', () => {
    const training = curve(svg, 'training', 0);
    const validation = curve(svg, 'validation', 0);
    const perUnit = ((training[1] as [number, number])[1] - (training[0] as [number, number])[1]) / (0.5 - 0.9);
    expect((validation[0] as [number, number])[1]).toBeCloseTo((training[0] as [number, number])[1] + perUnit * (0.7 - 0.9), 0);
  });

  it('is the same text for the same history, and readable on light and dark', () => {
    expect(historySvg(structuredClone(run), { title: 'fashion-cnn' })).toBe(svg);
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
  });

  it('is a point where there was one epoch, and nothing but whole epochs on the axis', () => {
    const one = historySvg({ epoch: [1], history: { loss: [0.5], accuracy: [0.8] } }, { title: 'x' });
    expect(one).not.toContain('NaN');
    expect(one.match(/<circle class="point training"/g)).toHaveLength(3); // two panels and the legend
    expect(one).not.toContain('validation</text>');
    expect([...one.matchAll(/text-anchor="middle">(\d[^<]*)<\/text>/g)].map(match => match[1])).toEqual(['1', '1']);
  });

  it('takes values that are all the same, not finite, or without accuracy', () => {
    const flat = historySvg({ epoch: [1, 2], history: { loss: [0, 0] } }, { title: 'x' });
    expect(flat).not.toContain('NaN');
    expect(flat.match(/>epoch<\/text>/g)).toHaveLength(1);
    expect(historySvg({ epoch: [1, 2], history: { loss: [Number.NaN, 1] } }, { title: 'x' })).not.toContain('NaN');
  });

  it('keeps its title a text', () => {
    expect(historySvg(run, { title: 'a<b & "c"' })).toContain('>a&lt;b &amp; &quot;c&quot;</text>');
  });
});
