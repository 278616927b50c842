import { readFileSync } from 'node:fs';
import { memory, slice, type Tensor, tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { F1Score, getMetric, type Metric, Precision, R2Score, Recall } from './index.js';

interface Values {
  shape: number[];
  values: number[];
}

interface Case {
  className: string;
  name: string;
  options: Record<string, never>;
  batches: { yTrue: Values; yPred: Values; weights: Values | null }[];
  result: number[];
}

/** Values of Keras, made by tools/golden/metrics.py. */
const golden: Case[] = JSON.parse(readFileSync(new URL('../../../../tools/golden/metrics.json', import.meta.url), 'utf8'));
const cases = golden.map(
  example =>
    [`${example.className} ${JSON.stringify(example.options)}${example.batches[0]?.weights ? ', weighted' : ''}`, example] as const,
);

const toTensor = ({ values, shape }: Values): Tensor => tensor(values, shape, 'float32');
const metricOf = ({ className, options }: Case): Metric => getMetric({ className, config: options });

/** Adds one batch, or part of it. */
function add(metric: Metric, batch: Case['batches'][number], from = 0, to = batch.yPred.shape[0]): void {
  const rows = (values: Values): Tensor => slice(toTensor(values), from, (to as number) - from);
  const sums = metric.sums(rows(batch.yTrue), rows(batch.yPred), batch.weights && rows(batch.weights));
  metric.add(sums.dataSync());
  sums.dispose();
}

function metricOver(example: Case): Metric {
  const metric = metricOf(example);
  for (const batch of example.batches) add(metric, batch);
  return metric;
}

/** All values, where a metric has several. */
function resultsOf(metric: Metric, count: number): number[] {
  if (count === 1) return [metric.result()];
  if (metric instanceof Precision || metric instanceof Recall) return metric.perThreshold();
  if (metric instanceof F1Score) return metric.perClass();
  if (metric instanceof R2Score) return metric.perOutput();
  throw new Error(`${metric.name} has one value`);
}

describe('metrics', () => {
  it.each(cases)('%s has the value of Keras', (_title, example) => {
    const metric = metricOver(example);
    const results = resultsOf(metric, example.result.length);
    expect(results.length).toBe(example.result.length);
    for (const [i, value] of example.result.entries()) {
      expect(Math.abs((results[i] as number) - value), `${results[i]}, not ${value}`).toBeLessThanOrEqual(
        1e-5 * Math.max(1, Math.abs(value)),
      );
    }
    if (results.length > 1) expect(metric.result()).toBeCloseTo(results.reduce((all, value) => all + value, 0) / results.length, 10);
  });

  it.each(cases)('%s has the name of Keras, and is made again from its config', (_title, example) => {
    const metric = metricOf(example);
    expect(metric.name).toBe(example.name);
    const again = getMetric(JSON.parse(JSON.stringify(metric.serialize())));
    expect(again).toBeInstanceOf(metric.constructor);
    expect(again.serialize()).toEqual(metric.serialize());
  });

  it.each(cases)('%s is the same over merged halves', (_title, example) => {
    const whole = metricOver(example);
    const merged = metricOf(example);
    for (const batch of example.batches) {
      const half = Math.floor((batch.yPred.shape[0] as number) / 2);
      const [first, second] = [metricOf(example), metricOf(example)];
      add(first, batch, 0, half);
      add(second, batch, half);
      merged.add(first.state());
      merged.add(second.state());
    }
    // Sums of a batch are in single precision.
    expect(Math.abs(merged.result() - whole.result())).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(whole.result())));
  });

  it.each(cases)('%s goes on from a state, and begins anew when reset', (_title, example) => {
    const metric = metricOf(example);
    expect(metric.result()).toBe(0);
    const [first, second] = example.batches as [Case['batches'][number], Case['batches'][number]];
    add(metric, first);
    const resumed = metricOf(example);
    resumed.restore(JSON.parse(JSON.stringify(metric.state())));
    add(metric, second);
    add(resumed, second);
    expect(resumed.result()).toBe(metric.result());
    expect(resumed.state()).toEqual(metric.state());
    metric.reset();
    expect(metric.result()).toBe(0);
    expect(metric.state()).toEqual([]);
  });

  it.each(cases)('%s leaves no tensor behind', (_title, example) => {
    const batch = example.batches[0] as Case['batches'][number];
    const [yTrue, yPred, weights] = [toTensor(batch.yTrue), toTensor(batch.yPred), batch.weights && toTensor(batch.weights)];
    const step = () => metricOf(example).sums(yTrue, yPred, weights).dispose();
    step();
    const before = memory().numTensors;
    step();
    step();
    expect(memory().numTensors).toBe(before);
  });
});
