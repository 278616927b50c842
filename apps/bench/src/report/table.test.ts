import { describe, expect, it } from 'vitest';
import { close, disagreements } from './agreement.js';
import { compare } from './compare.js';
import { showMegabytes, showRatio, showSeconds, significant } from './figures.js';
import { type MeasuredReport, type Report, reportSchema, type WorkloadReport } from './report.js';
import { machineLines, summaryTable, workloadTable } from './table.js';

const measured = (peer: string, median: number, extra: Partial<MeasuredReport> = {}): MeasuredReport => ({
  peer,
  engine: peer,
  threads: 2,
  seconds: { median, min: median * 0.9, max: median * 1.1 },
  rounds: 5,
  unitsTimed: 1500,
  extrapolated: false,
  parameters: 197_210,
  check: [2.35, 2.14],
  peakMemoryBytes: 200e6,
  note: null,
  ...extra,
});

const workload: WorkloadReport = {
  name: 'fashion-cnn',
  group: 'recipes',
  title: 'one epoch',
  per: 'epoch',
  units: 1500,
  data: 'Fashion-MNIST',
  operations: 76e9,
  bytes: 8e9,
  floor: { seconds: 0.5, bound: 'arithmetic' },
  peers: [
    measured('jogak-simd', 1),
    measured('jogak-simd-1', 1.7, { threads: 1 }),
    measured('tfjs-cpu', 250, { unitsTimed: 4, extrapolated: true }),
    measured('pytorch', 6),
    measured('jax', 4),
    { peer: 'keras-jax', cannot: 'python3 has no keras' },
  ],
};

const report: Report = {
  version: 1,
  date: '2026-11-25T20:00:00.000Z',
  machine: { processor: 'A processor', cores: 2, vectors: 'AVX2', memoryBytes: 8e9, platform: 'linux x64', node: '20.20.2', load: 0.1 },
  peaks: {
    threads: 2,
    plain: { one: 26e9, all: 50e9 },
    relaxed: { one: 36e9, all: 70e9 },
    read: { one: 10e9, all: 15e9 },
    update: { one: 9e9, all: 12e9 },
  },
  rounds: 5,
  workloads: [workload],
};

describe('a comparison', () => {
  it('holds ours against the fastest of Python, each peer, the floor and one thread', () => {
    expect(compare(workload)).toMatchObject({
      timesFloor: 2,
      bestPython: { peer: 'jax' },
      ratios: { 'best-python': 4, pytorch: 6, 'tfjs-cpu': 250 },
      threadsGain: 1.7,
    });
  });

  it('is none without ours', () => expect(compare({ ...workload, peers: workload.peers.slice(2) })).toBeNull());
});

describe('the tables', () => {
  it('say of each peer what it took, how often ours that is, and from how much it was reckoned', () => {
    const lines = workloadTable(workload).split('\n');
    expect(lines[0]).toBe('fashion-cnn: one epoch, on Fashion-MNIST');
    expect(lines[1]).toBe('floor 500 ms, by arithmetic: 76.0 GFLOP, 8.00 GB');
    const row = (title: string): string[] => (lines.find(line => line.includes(title)) as string).split('│').map(cell => cell.trim());
    expect(row('PyTorch')).toEqual(['', 'PyTorch', '2', '6.00 s', '10 %', '6.00×', '12.0×', '200 MB', '', '']);
    expect(row('tfjs-layers cpu').at(-2)).toBe('from 4 of 1500 steps');
    expect(lines.find(line => line.includes('Keras on JAX'))).toContain('cannot: python3 has no keras');
  });

  it('sum up a workload in a line', () => {
    const line = summaryTable(report)
      .split('\n')
      .find(one => one.includes('fashion-cnn')) as string;
    const cells = line.split('│').map(cell => cell.trim());
    expect(cells.slice(1, -1)).toEqual(['fashion-cnn', '1.00 s', '2.00×', '1.70×', 'JAX, 4.00 s', '4.00×', '250×', '', '', '']);
  });

  it('name the machine', () =>
    expect(machineLines(report)).toBe(
      [
        'A processor (AVX2), 2 cores, load 0.1, Node 20.20.2, linux x64',
        '128-bit SIMD, one thread / 2: 26.0 / 50.0 GFLOP/s plain, 36.0 / 70.0 GFLOP/s relaxed',
        'memory: 10.0 / 15.0 GB/s read, 9.0 / 12.0 GB/s read and written back',
      ].join('\n'),
    ));

  it('cry out where a peer does other work', () => {
    const other: WorkloadReport = {
      ...workload,
      peers: [measured('jogak-cpu', 9), measured('pytorch', 6, { check: [2.35, 2.2], parameters: 7 })],
    };
    expect(disagreements(other)).toEqual([
      { peer: 'pytorch', ours: 2.14, theirs: 2.2 },
      { peer: 'pytorch', ours: 197_210, theirs: 7 },
    ]);
    expect(workloadTable(other)).toContain('NOT THE SAME WORK: PyTorch has 2.2 where we have 2.14');
  });

  it('take figures for the same that differ by rounding', () => {
    expect([close(2.35325, 2.3571), close(2.35325, 2.36), close(0.001, 0.002), close(-300, -300.5), close(1, Number.NaN)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('figures', () => {
  it('have three digits that count', () =>
    expect([0, 0.0123456, 1.234, 99.95, 1234.5].map(significant)).toEqual(['0', '0.0123', '1.23', '100.0', '1,235']));
  it('choose their unit', () =>
    expect([12.34, 0.0567, 0.000089, 0.0000000123].map(showSeconds)).toEqual(['12.3 s', '56.7 ms', '89.0 µs', '0.0123 µs']));
  it('show ratios and bytes', () => expect([showRatio(4), showMegabytes(349_600_000)]).toEqual(['4.00×', '350 MB']));
});

describe('the schema of a report', () => {
  it('takes a report, and gives it back as it was', () => expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report));

  it.each([
    ['a field that it does not know', { ...report, more: 1 }],
    ['a peer that there is not', { ...report, workloads: [{ ...workload, peers: [measured('numpy', 1)] }] }],
    ['a floor of nothing', { ...report, workloads: [{ ...workload, floor: { seconds: 0, bound: 'memory' } }] }],
    ['another version', { ...report, version: 2 }],
  ])('refuses %s', (_what, wrong) => expect(reportSchema.safeParse(wrong).success).toBe(false));
});
