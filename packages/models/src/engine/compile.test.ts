import { dense, input } from '@jogak/layers';
import { ConfigError, hostArray, memory } from '@jogak/ops';
import { adam } from '@jogak/optimizers';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../metrics/index.js';
import type { CompileOptions } from './compile-options.js';
import { model } from './functional.js';
import { type Sequential, sequential } from './sequential.js';

const x = hostArray(Float32Array.of(1, 2, 3, 4), [2, 2]);
const y = hostArray(Int32Array.of(0, 1));
const network = (): Sequential => sequential({ name: 'net', layers: [dense({ units: 2, activation: 'softmax', inputShape: [2] })] });
const loss = 'sparseCategoricalCrossentropy';

describe('compile', () => {
  it('takes one metric for a list of one', async () => {
    const trained = network();
    trained.compile({ loss, metrics: 'accuracy' });
    expect(Object.keys((await trained.fit(x, y)).history)).toEqual(['loss', 'accuracy']);
  });

  it('frees the optimizer that it made before, and keeps one that was given', async () => {
    const trained = network();
    const given = adam();
    trained.compile({ loss, optimizer: given });
    await trained.fit(x, y);
    const before = memory().numTensors;
    trained.compile({ loss, optimizer: 'adam' });
    await trained.fit(x, y);
    trained.compile({ loss, optimizer: given });
    expect(memory().numTensors).toBe(before);
    expect(given.iterations).toBe(1);
    trained.compile({ loss, optimizer: 'adam' });
    await trained.fit(x, y);
    const own = trained.optimizer;
    trained.compile({ loss, optimizer: own });
    expect(own.iterations).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ['runEagerly as a number', { loss, runEagerly: 1 }, 'compile: runEagerly must be true or false; got 1'],
    ['nothing', undefined, "compile needs options: { optimizer: 'adam', loss: '…' }; got undefined"],
    [
      'two figures of one name',
      { loss, metrics: ['accuracy', accuracy()] },
      'compile: two figures are called "accuracy": give the metric another name',
    ],
    [
      'a metric called loss',
      { loss, metrics: [accuracy({ name: 'loss' })] },
      'compile: two figures are called "loss": give the metric another name',
    ],
    [
      'a number for an optimizer',
      { loss, optimizer: 3 },
      'an optimizer must be an Optimizer, the name of one, or {className, config}; got 3',
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => network().compile(options as CompileOptions)).toThrow(new ConfigError(message));
  });

  it('wants a metric object of its own for each output', () => {
    const at = input({ shape: [2] });
    const [a, b] = ['a', 'b'].map(name => dense({ units: 2, name }).apply(at)) as [ReturnType<typeof input>, ReturnType<typeof input>];
    const shared = accuracy();
    expect(() => model({ inputs: at, outputs: [a, b] }).compile({ loss: ['mse', 'mse'], metrics: [[shared], [shared]] })).toThrow(
      new ConfigError('compile: one metric object, "b_accuracy", judges two outputs: make one for each'),
    );
  });
});
