import { readFileSync } from 'node:fs';
import { type Report, reportSchema } from '@jogak/bench/report';
import { describe, expect, it } from 'vitest';
import { facts } from '../.vitepress/theme/benchmarks/benchmarks.data.js';
import { differences } from '../.vitepress/theme/benchmarks/differences.js';
import { filledColumns } from '../.vitepress/theme/tables/filled-columns.js';

const report = reportSchema.parse(JSON.parse(readFileSync(new URL('../benchmarks/results.json', import.meta.url), 'utf8')));
const workload = report.workloads.find(({ name }) => name === 'fashion-cnn') as Report['workloads'][number];

type Peer = Report['workloads'][number]['peers'][number];

/** A peer of a run that took a second, with times from `min` to `max`. */
const peer = (name: string, min = 1, max = 1): Peer => ({
  ...{ peer: name, engine: name, threads: 1, seconds: { median: 1, min, max }, rounds: 3, unitsTimed: 1, extrapolated: false },
  ...{ parameters: null, check: [], peakMemoryBytes: 1e6, note: null },
});
const run = (...peers: Peer[]): Report => ({ ...report, workloads: [{ ...workload, peers }] });
const spoken = (...names: string[]): string => differences(run(...names.map(name => peer(name)))).join(' ');

describe('the page of the benchmark', () => {
  it.each([
    ['pytorch', 'PyTorch'],
    ['jax', 'JAX'],
    ['keras-tensorflow', 'Keras'],
    ['tfjs-wasm', 'tfjs-layers'],
    ['jax-js', 'jax-js'],
  ])('speaks of no peer but %s where only that took part', (name, title) => {
    expect(new Set(spoken('jogak-simd', name).match(/PyTorch|JAX|Keras|tfjs-layers|jax-js/g))).toEqual(new Set([title]));
  });

  it('speaks of none where we were alone, nor of one that could not take part', () => {
    expect(spoken('jogak-simd')).toBe('');
    expect(differences(run(peer('jogak-simd'), { peer: 'jax', cannot: 'it is not installed' }))).toEqual([]);
  });

  it('speaks of one peer and of several in their grammar', () => {
    expect(spoken('jax')).toContain('; JAX multiplies with them.');
    expect(spoken('jax', 'pytorch', 'keras-jax')).toContain('; PyTorch, JAX and Keras multiply with them.');
  });

  it('names the peers of the recorded run alone', () => {
    const measured = new Set(report.workloads.flatMap(({ peers }) => peers.flatMap(result => ('seconds' in result ? [result.peer] : []))));
    for (const [title, ...names] of [
      ['PyTorch', 'pytorch'],
      ['JAX', 'jax'],
      ['Keras', 'keras-jax', 'keras-tensorflow'],
      ['tfjs-layers', 'tfjs-cpu', 'tfjs-wasm'],
      ['jax-js', 'jax-js'],
    ] as const) {
      expect([title, facts(report).differences.some(words => words.includes(title))]).toEqual([
        title,
        names.some(name => measured.has(name)),
      ]);
    }
    const page = readFileSync(new URL('../benchmarks/index.md', import.meta.url), 'utf8');
    expect(page).not.toMatch(/PyTorch|JAX|Keras|tfjs|jax-js/);
  });

  it('says where the spread is above a quarter, and not where it is a quarter', () => {
    const { unsteady, groups } = facts(run(peer('jogak-simd', 0.75, 1.25), peer('jax', 0.7, 1.3)));
    expect(unsteady).toEqual(['fashion-cnn on JAX (± 30 %)']);
    const [{ table }] = groups as [(typeof groups)[number]];
    expect(table.rows[0]?.slice(0, 2)).toEqual(['fashion-cnn', '1.00 s']);
    expect(table.rows[0]).toContain('JAX, 1.00 s ± 30 %');
  });
});

describe('a table', () => {
  const columns = [
    { title: 'name', text: (row: { name: string; size: number | null }) => row.name },
    { title: 'size', text: ({ size }: { size: number | null }) => (size === null ? null : String(size)) },
  ];

  it('is without the columns that are empty in every row', () => {
    expect(filledColumns(columns, [{ name: 'a', size: null }])).toEqual({ titles: ['name'], rows: [['a']] });
  });

  it('has a dash where a row says nothing', () => {
    const rows = [
      { name: 'a', size: null },
      { name: 'b', size: 2 },
    ];
    expect(filledColumns(columns, rows)).toEqual({
      titles: ['name', 'size'],
      rows: [
        ['a', '–'],
        ['b', '2'],
      ],
    });
  });
});
